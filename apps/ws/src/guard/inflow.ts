import type { Call, Frame, RequestId } from './read-frame.ts';

/** A frame as it came, and what it asks for. */
export interface Incoming {
  readonly data: Buffer;
  readonly isBinary: boolean;
  readonly frame: Frame;
}

export interface InflowLimits {
  /** Queries and mutations that are worked on at a time. */
  readonly callsMax: number;
  /** Frames, and their bytes, that wait while the socket is read. */
  readonly waitingFramesMax: number;
  readonly waitingBytesMax: number;
}

interface InflowHost {
  /** Whether the client has no room for answers. */
  isFull(): boolean;
  /** Hands a frame over to whoever answers it. */
  deliver(incoming: Incoming): void;
  /** An id that is in use names two things at once: the frame is not handed over, and its calls are refused. */
  refuse(calls: readonly Call[]): void;
  pause(): void;
  resume(): void;
}

/**
 * What comes in on one socket, in its order: so many calls are worked on at a time, others wait here, and when there is
 * enough of that, nothing more is read. (Until then it is, so that acknowledgements and the client's end are noticed.)
 */
export class Inflow {
  readonly #limits: InflowLimits;
  readonly #host: InflowHost;
  readonly #calls = new Map<RequestId, Call['method']>();
  readonly #subscriptions = new Set<RequestId>();
  #waiting: Incoming[] = [];
  #waitingBytes = 0;
  #isPaused = false;
  #isStarting = false;
  #hasEnded = false;

  constructor(limits: InflowLimits, host: InflowHost) {
    this.#limits = limits;
    this.#host = host;
  }

  get callsInFlight(): number {
    return this.#calls.size;
  }

  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  receive(incoming: Incoming): void {
    if (this.#hasEnded) return;
    this.#waiting.push(incoming);
    this.#waitingBytes += incoming.data.length;
    this.proceed();
  }

  /** How the request was called that this is about; a call is over with its answer, a subscription with its last one. */
  answered(id: RequestId, isLast: boolean): Call['method'] | null {
    const method = this.#calls.get(id);
    if (method !== undefined) {
      this.#calls.delete(id);
      return method;
    }
    if (!this.#subscriptions.has(id)) return null;
    if (isLast) this.#subscriptions.delete(id);
    return 'subscription';
  }

  /** Starts what waits and may be: to be called when a call is over, and when the client has room again. */
  proceed(): void {
    // Whoever is handed a frame may answer it before it returns.
    if (this.#isStarting || this.#hasEnded) return;
    this.#isStarting = true;
    while (this.#waiting[0] && this.#mayStart(this.#waiting[0])) this.#start(this.#waiting[0]);
    this.#isStarting = false;
    this.#setPaused(
      this.#waiting.length > this.#limits.waitingFramesMax ||
        this.#waitingBytes > this.#limits.waitingBytesMax,
    );
  }

  /** What waits never starts. */
  end(): void {
    this.#hasEnded = true;
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  #mayStart({ frame }: Incoming): boolean {
    if (this.#host.isFull()) return false;
    const calls = frame.calls.filter(isCall).length;
    // A frame of more calls than may ever be in flight would wait for ever; it starts alone.
    return this.#calls.size === 0 || this.#calls.size + calls <= this.#limits.callsMax;
  }

  #start(incoming: Incoming): void {
    this.#waiting.shift();
    this.#waitingBytes -= incoming.data.length;
    const { calls } = incoming.frame;
    if (this.#areNew(calls)) {
      for (const call of calls) {
        if (isCall(call)) this.#calls.set(call.id, call.method);
        else this.#subscriptions.add(call.id);
      }
      this.#host.deliver(incoming);
    } else {
      this.#host.refuse(calls);
    }
  }

  #areNew(calls: readonly Call[]): boolean {
    return (
      new Set(calls.map(({ id }) => id)).size === calls.length &&
      calls.every(({ id }) => !this.#calls.has(id) && !this.#subscriptions.has(id))
    );
  }

  #setPaused(isPaused: boolean): void {
    if (isPaused === this.#isPaused || this.#hasEnded) return;
    this.#isPaused = isPaused;
    if (isPaused) this.#host.pause();
    else this.#host.resume();
  }
}

function isCall({ method }: Call): boolean {
  return method !== 'subscription';
}
