import type { Inspector } from './inspector.ts';

/** What a Node process uses, after a garbage collection; sizes in bytes. */
export interface NodeState {
  readonly heapUsed: number;
  /** What V8 holds for its heap, used or not. */
  readonly heapTotal: number;
  /** Buffers and what else V8 knows of outside its heap. */
  readonly external: number;
  /** Timeouts and intervals that keep the process alive. */
  readonly timers: number;
  readonly sockets: number;
}

/** What lives in its heap: counted by walking through all of it. */
export interface Census {
  /** Of every EventEmitter together. */
  readonly listeners: number;
  /** Those that do not keep the process alive included. */
  readonly allTimers: number;
  readonly abortSignals: number;
  /** Functions that wait for those signals. */
  readonly abortListeners: number;
}

const state = `(() => {
  const resources = process.getActiveResourcesInfo();
  const count = (name) => resources.filter((resource) => resource === name).length;
  const { heapUsed, heapTotal, external } = process.memoryUsage();
  return { heapUsed, heapTotal, external, timers: count('Timeout'), sockets: count('TCPSocketWrap') };
})()`;

/** Collects garbage first, so that only what is still in use counts: the process stands still for some 50 ms. */
export async function readNodeState(inspector: Inspector): Promise<NodeState> {
  await inspector.call('HeapProfiler.collectGarbage');
  const remote = await inspector.call<Remote<NodeState>>('Runtime.evaluate', {
    expression: state,
    returnByValue: true,
  });
  return valueOf(remote);
}

/** All objects that have a prototype, as an array, and what is counted of them; both are source. */
interface Question<Answer> {
  readonly prototype: string;
  readonly count: string;
  /** The shape of what `count` returns; never read. */
  readonly answer?: Answer;
}

const events = "process.getBuiltinModule('node:events')";

// What is called on an emitter is borrowed: it may have methods of its own by these names.
const emitters: Question<Pick<Census, 'listeners'>> = {
  prototype: `${events}.prototype`,
  count: `function () {
    const { eventNames, listenerCount } = ${events}.prototype;
    let listeners = 0;
    for (const emitter of this)
      for (const name of eventNames.call(emitter)) listeners += listenerCount.call(emitter, name);
    return { listeners };
  }`,
};

const timers: Question<Pick<Census, 'allTimers'>> = {
  prototype: `(() => {
    const timer = setTimeout(() => {}, 1);
    clearTimeout(timer);
    return Object.getPrototypeOf(timer);
  })()`,
  count: `function () {
    return { allTimers: this.filter((timer) => timer._destroyed === false).length };
  }`,
};

const signals: Question<Pick<Census, 'abortSignals' | 'abortListeners'>> = {
  prototype: 'AbortSignal.prototype',
  count: `function () {
    const { getEventListeners } = ${events};
    const signals = this.filter((signal) => signal !== AbortSignal.prototype);
    const abortListeners = signals.reduce((total, signal) => total + getEventListeners(signal, 'abort').length, 0);
    return { abortSignals: signals.length, abortListeners };
  }`,
};

/** The process stands still for some 100 ms, three times. */
export async function takeCensus(inspector: Inspector): Promise<Census> {
  return {
    ...(await ask(inspector, emitters)),
    ...(await ask(inspector, timers)),
    ...(await ask(inspector, signals)),
  };
}

interface Remote<Value = unknown> {
  readonly result: { readonly value: Value; readonly objectId?: string };
  readonly exceptionDetails?: { readonly exception?: { readonly description?: string } };
}

const group = 'census';

async function ask<Answer>(inspector: Inspector, { prototype, count }: Question<Answer>): Promise<Answer> {
  try {
    const { result } = await inspector.call<Remote>('Runtime.evaluate', {
      expression: prototype,
      objectGroup: group,
    });
    const { objects } = await inspector.call<{ objects: { objectId: string } }>('Runtime.queryObjects', {
      prototypeObjectId: result.objectId,
      objectGroup: group,
    });
    return valueOf(
      await inspector.call<Remote<Answer>>('Runtime.callFunctionOn', {
        objectId: objects.objectId,
        functionDeclaration: count,
        returnByValue: true,
      }),
    );
  } finally {
    // Held by the inspector they would never be collected.
    await inspector.call('Runtime.releaseObjectGroup', { objectGroup: group });
  }
}

function valueOf<Value>({ result, exceptionDetails }: Remote<Value>): Value {
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? 'the evaluation failed');
  return result.value;
}
