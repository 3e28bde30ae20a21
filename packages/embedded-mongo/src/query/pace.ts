import { setImmediate as nextTurn } from 'node:timers/promises';
import { StoreError } from '../errors/store-error.ts';

/** Entries examined, or comparisons made, before others have their turn: about a millisecond. */
export const stepsPerSlice = 128;

/** What a document of `bytes` counts: a large one is worth many small ones. */
export function stepsFor(bytes: number): number {
  return 1 + bytes / 4_096;
}

/**
 * One thread serves everybody: whoever walks many entries calls `step` for each and gives way after a slice. It is
 * counted, not timed: a busy machine makes a slice longer, but never gives one query more of them. Also the place
 * where a time limit or a killed cursor ends the walk.
 */
export class Pace {
  readonly #deadline: number | undefined;
  #steps = 0;
  killed = false;

  constructor(maxTimeMs?: number) {
    this.#deadline = maxTimeMs === undefined || maxTimeMs === 0 ? undefined : performance.now() + maxTimeMs;
  }

  /** True at the end of a slice: then `rest` is due. */
  step(steps = 1): boolean {
    this.#steps += steps;
    return this.#steps >= stepsPerSlice;
  }

  /** Lets others have their turn. Throws when the walk is to end. */
  async rest(): Promise<void> {
    this.#steps = 0;
    if (this.killed) throw new StoreError('Interrupted', 'operation was interrupted');
    if (this.#deadline !== undefined && performance.now() > this.#deadline)
      throw new StoreError(50, 'operation exceeded time limit');
    await nextTurn();
  }
}
