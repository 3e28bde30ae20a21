import { pause } from '@confab/e2e/chaos/pause';
import { askRedis } from './redis-state.ts';
import type { Scene } from './sample.ts';

const everyMs = 1_000;

/** 64 KiB, a listener, a timer and a descriptor that are never given back. */
const leak = `(() => {
  const { EventEmitter } = process.getBuiltinModule('node:events');
  const leaked = (globalThis.leaked ??= { emitter: new EventEmitter().setMaxListeners(0), rest: [] });
  leaked.emitter.on('never', () => {});
  leaked.rest.push(
    Array.from({ length: 8_192 }, (_, i) => i / 3),
    setInterval(() => {}, 60_000).unref(),
    process.getBuiltinModule('node:fs').openSync('/dev/null'),
  );
})()`;

/** What must be found to have grown, in the words of the verdict. */
export const leaking = [
  'ws heapUsed under load',
  'ws descriptors under load',
  'ws heapUsed after it',
  'ws descriptors after it',
  'ws listeners after it',
  'ws allTimers after it',
  'redis keysWithoutTtl under load',
  'redis keys after it',
  'redis keysWithoutTtl after it',
];

/** The control: the first ws, and a key in Redis, leak a little every second until the signal aborts. */
export async function leakOnPurpose({ observed, product }: Scene, signal: AbortSignal): Promise<void> {
  const inspector = observed.find(({ name }) => name === 'ws')?.inspector;
  for (let turn = 0; !signal.aborted; turn += 1) {
    await inspector?.call('Runtime.evaluate', { expression: leak });
    await askRedis(product.redisUrl, ['SET', `control:leaked:key:${turn}`, '']);
    await pause(everyMs, signal);
  }
}
