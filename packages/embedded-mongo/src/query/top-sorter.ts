import { MemoryMeter } from './memory-meter.ts';
import type { Pace } from './pace.ts';

/** Items sorted in one go: what that costs is a slice. */
const runLength = 128;

interface Sortable {
  readonly bytes: number;
}

interface TopSorterOptions<T> {
  readonly compare: (a: T, b: T) => number;
  /** Infinity: all. */
  readonly limit: number;
  readonly pace: Pace;
}

/**
 * Sorts stably, holding little more than the first `limit`. A sort of everything at the end would hold all others up:
 * short runs are sorted as they come and merged, the merging counted as other work is.
 */
export class TopSorter<T extends Sortable> {
  readonly #options: TopSorterOptions<T>;
  readonly #meter = new MemoryMeter();
  /** Sorted, each longer than the next, in the order of arrival. */
  #runs: (readonly T[])[] = [];
  #arrived: T[] = [];

  constructor(options: TopSorterOptions<T>) {
    this.#options = options;
  }

  /** Await the answer when there is one. */
  add(item: T): Promise<void> | undefined {
    this.#meter.add(item.bytes);
    this.#arrived.push(item);
    return this.#arrived.length >= runLength || this.#meter.isHalfFull ? this.#endRun() : undefined;
  }

  async sorted(): Promise<readonly T[]> {
    await this.#endRun();
    while (this.#runs.length > 1) await this.#mergeLast();
    return this.#runs[0] ?? [];
  }

  async #endRun(): Promise<void> {
    this.#runs.push(this.#cut(this.#arrived.sort(this.#options.compare)));
    this.#arrived = [];
    while ((this.#runs.at(-2)?.length ?? Infinity) <= (this.#runs.at(-1)?.length ?? 0))
      await this.#mergeLast();
  }

  async #mergeLast(): Promise<void> {
    const { compare, pace } = this.#options;
    const later = this.#runs.pop() ?? [];
    const earlier = this.#runs.pop() ?? [];
    const merged: T[] = [];
    let [i, j] = [0, 0];
    for (;;) {
      const [a, b] = [earlier[i], later[j]];
      const next = a !== undefined && (b === undefined || compare(a, b) <= 0) ? a : b;
      if (next === undefined) break;
      if (next === a) i++;
      else j++;
      merged.push(next);
      if (pace.step()) await pace.rest();
    }
    this.#runs.push(this.#cut(merged));
  }

  #cut(run: T[]): readonly T[] {
    for (const item of run.splice(this.#options.limit)) this.#meter.release(item.bytes);
    return run;
  }
}
