// @ts-check
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks until the answer is yes. Rejects when the signal aborts.
 * @param {() => Promise<boolean>} ask
 * @param {{ everyMs: number, signal: AbortSignal }} options
 */
export async function poll(ask, { everyMs, signal }) {
  for (;;) {
    signal.throwIfAborted();
    if (await ask()) return;
    await delay(everyMs, undefined, { signal });
  }
}
