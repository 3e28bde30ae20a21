import { StoreError } from '../errors/store-error.ts';

/** Bytes that one query may hold in memory, as MongoDB's limit for blocking stages. */
const queryMemoryBytesMax = 100 * 1024 * 1024;

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
