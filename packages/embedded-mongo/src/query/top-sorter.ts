import type { Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { compareSortValues, type SortKey } from './sort-spec.ts';

/** Bytes that one query may hold in memory, as MongoDB's limit for blocking stages. */
export const queryMemoryBytesMax = 100 * 1024 * 1024;

export interface Sortable {
  readonly key: readonly (Value | undefined)[];
  readonly bytes: number;
}

/** Counts what a blocking stage holds. Past the bound it throws MongoDB's error 292. */
export class MemoryMeter {
  #used = 0;

  add(bytes: number): void {
    this.#used += bytes;
    if (this.#used > queryMemoryBytesMax) {
      throw new StoreError(
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        `Exceeded memory limit of ${queryMemoryBytesMax} bytes; this server does not sort or group on disk`,
      );
    }
  }

  get isHalfFull(): boolean {
    return this.#used > queryMemoryBytesMax / 2;
  }

  release(bytes: number): void {
    this.#used -= bytes;
  }
}

/** Sorts stably, holding no more than the first `limit`: twice as many are gathered, then half is let go. */
export class TopSorter<T extends Sortable> {
  readonly #sort: readonly SortKey[];
  readonly #limit: number;
  readonly #meter: MemoryMeter;
  #items: T[] = [];

  constructor(sort: readonly SortKey[], limit: number, meter: MemoryMeter) {
    this.#sort = sort;
    this.#limit = limit;
    this.#meter = meter;
  }

  add(item: T): void {
    if (this.#meter.isHalfFull && this.#items.length > this.#limit) this.#trim();
    this.#meter.add(item.bytes);
    this.#items.push(item);
    if (this.#items.length >= this.#limit * 2 + 64) this.#trim();
  }

  sorted(): T[] {
    this.#trim();
    return this.#items;
  }

  #trim(): void {
    this.#items.sort((a, b) => compareSortValues(a.key, b.key, this.#sort));
    for (const item of this.#items.splice(this.#limit)) this.#meter.release(item.bytes);
  }
}
