import { statfsSync } from 'node:fs';
import { StoreError } from '../errors/store-error.ts';

/** More than the largest message, with its index entries. */
const freeBytesMin = 64 * 2 ** 20;
/** Nobody fills the reserve in this time; a thousand inserts in one command ask once. */
const freshMs = 10;

/**
 * Keeps a reserve on the disk. lmdb cannot be let run into its end: where a write fails for want of space, its binding
 * formats a message into too small a buffer, and the process dies of that. Removals need no reserve.
 */
export class DiskRoom {
  readonly #dataDir: string;
  #askedAt = -Infinity;
  #freeBytes = Infinity;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  /** For `bytes` beside the reserve. */
  has(bytes: number): boolean {
    const now = performance.now();
    if (now - this.#askedAt > freshMs) {
      const { bavail, blocks, bsize } = statfsSync(this.#dataDir);
      // Some file systems do not know how large they are.
      this.#freeBytes = blocks === 0 ? Infinity : bavail * bsize;
      this.#askedAt = now;
    }
    return this.#freeBytes >= freeBytesMin + bytes;
  }

  /** Throws OutOfDiskSpace. Call it before the first put of a document. */
  require(): void {
    if (this.has(0)) return;
    throw new StoreError(
      'OutOfDiskSpace',
      `the write was refused, the disk is full: ${this.#dataDir} has less than ${freeBytesMin / 2 ** 20} MiB left`,
    );
  }
}
