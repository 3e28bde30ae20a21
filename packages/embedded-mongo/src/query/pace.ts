import { setImmediate as nextTurn } from 'node:timers/promises';
import { StoreError } from '../errors/store-error.ts';

/** Entries examined between two looks at the clock. */
const sliceSteps = 64;
const sliceMsMax = 3;

/**
 * One thread serves everybody: whoever walks many entries calls `step` for each and gives way after a slice. Also
 * the place where a time limit or a killed cursor ends the walk.
 */
export class Pace {
  readonly #deadline: number | undefined;
  #steps = 0;
  #sliceStart = performance.now();
  killed = false;

  constructor(maxTimeMs?: number) {
    this.#deadline = maxTimeMs === undefined || maxTimeMs === 0 ? undefined : performance.now() + maxTimeMs;
  }

  /** Await the answer when there is one. */
  step(steps = 1): Promise<void> | undefined {
    this.#steps += steps;
    if (this.#steps < sliceSteps) return undefined;
    this.#steps = 0;
    const now = performance.now();
    if (this.killed) throw new StoreError('Interrupted', 'operation was interrupted');
    if (this.#deadline !== undefined && now > this.#deadline) {
      throw new StoreError(50, 'operation exceeded time limit');
    }
    return now - this.#sliceStart > sliceMsMax ? this.#rest() : undefined;
  }

  async #rest(): Promise<void> {
    await nextTurn();
    this.#sliceStart = performance.now();
  }
}
