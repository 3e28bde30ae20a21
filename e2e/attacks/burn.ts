import { setImmediate as turn } from 'node:timers/promises';
import { pause } from '../chaos/pause.ts';

const sliceMs = 10;

/** Keeps one core busy for this share of the time. */
export async function burn(share: number, ms: number): Promise<void> {
  const busyMs = Math.min(1, share) * sliceMs;
  const ends = performance.now() + ms;
  while (performance.now() < ends) {
    const until = performance.now() + busyMs;
    while (performance.now() < until);
    if (busyMs < sliceMs) await pause(sliceMs - busyMs);
    else await turn();
  }
}
