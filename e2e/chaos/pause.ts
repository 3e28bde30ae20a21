import { setTimeout as delay } from 'node:timers/promises';

/** Keeps a pace. Resolves early, and never rejects, when the signal aborts. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, signal && { signal }).catch((error: unknown) => {
    if (!signal?.aborted) throw error;
  });
}

interface Wait {
  readonly everyMs?: number;
  readonly maxMs: number;
  readonly signal?: AbortSignal;
}

/** Waits for a state; false when it did not come in time, or the signal aborted. */
export async function until(isSo: () => boolean, { everyMs = 20, maxMs, signal }: Wait): Promise<boolean> {
  const deadline = performance.now() + maxMs;
  while (!isSo()) {
    if (signal?.aborted === true || performance.now() > deadline) return false;
    await pause(everyMs, signal);
  }
  return true;
}
