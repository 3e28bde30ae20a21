import { RawDoc, type Doc } from '../bson/value.ts';
import { encodeDocument } from '../bson/encode.ts';
import { StoreError } from '../errors/store-error.ts';
import type { Pace } from './pace.ts';

/** Documents in reply order; a Doc is computed, a RawDoc is as stored. */
export type Results = AsyncGenerator<Doc | RawDoc, void, void>;

/** Cursors that one server keeps at most; past it new ones are refused. */
const openCursorsMax = 10_000;
const idleMsMax = 10 * 60_000;
/** A batch stops before its reply would pass the largest message. */
const batchBytesMax = 16 * 1024 * 1024;

interface OpenCursor {
  readonly id: bigint;
  readonly ns: string;
  readonly results: Results;
  readonly pace: Pace;
  /** Met, but too big for the batch it was met in. */
  pending: RawDoc | undefined;
  usedAt: number;
  busy: boolean;
  readonly expires: boolean;
}

export interface Batch {
  readonly documents: RawDoc[];
  readonly cursorId: bigint;
}

export interface CursorRequest {
  readonly ns: string;
  readonly results: Results;
  readonly pace: Pace;
  readonly batchSize: number;
  readonly singleBatch?: boolean;
  readonly noTimeout?: boolean;
}

/** Open cursors by id; idle ones are closed after ten minutes. */
export class CursorTable {
  readonly #cursors = new Map<bigint, OpenCursor>();
  readonly #timer: NodeJS.Timeout;
  #nextId = BigInt(Math.floor(Math.random() * 2 ** 40)) + 1n;

  constructor() {
    this.#timer = setInterval(() => {
      const limit = Date.now() - idleMsMax;
      for (const cursor of this.#cursors.values()) {
        if (!cursor.busy && cursor.expires && cursor.usedAt < limit) this.#remove(cursor);
      }
    }, 30_000);
    this.#timer.unref();
  }

  /** Reads the first batch; keeps a cursor open unless that was all. */
  async open(request: CursorRequest): Promise<Batch> {
    const { ns, results, pace, batchSize } = request;
    const id = this.#nextId++;
    const cursor: OpenCursor = {
      id,
      ns,
      results,
      pace,
      pending: undefined,
      usedAt: Date.now(),
      busy: true,
      expires: request.noTimeout !== true,
    };
    const { documents, done } = await take(cursor, batchSize);
    if (done || request.singleBatch === true) {
      await results.return();
      return { documents, cursorId: 0n };
    }
    if (this.#cursors.size >= openCursorsMax)
      throw new StoreError('InternalError', `more than ${openCursorsMax} open cursors`);
    cursor.busy = false;
    this.#cursors.set(id, cursor);
    return { documents, cursorId: id };
  }

  /** Throws CursorNotFound. */
  async getMore(id: bigint, ns: string, batchSize: number): Promise<Batch> {
    const cursor = this.#cursors.get(id);
    if (cursor === undefined) throw new StoreError('CursorNotFound', `cursor id ${id} not found`);
    if (cursor.ns !== ns)
      throw new StoreError(
        'Unauthorized',
        `Requested getMore on namespace '${ns}', but cursor belongs to a different namespace ${cursor.ns}`,
      );
    if (cursor.busy) throw new StoreError('CursorInUse', `cursor id ${id} is already in use`);
    cursor.busy = true;
    try {
      const { documents, done } = await take(cursor, batchSize === 0 ? Number.MAX_SAFE_INTEGER : batchSize);
      if (done) this.#cursors.delete(id);
      return { documents, cursorId: done ? 0n : id };
    } catch (error) {
      this.#cursors.delete(id);
      throw error;
    } finally {
      cursor.busy = false;
      cursor.usedAt = Date.now();
    }
  }

  kill(id: bigint, ns: string): boolean {
    const cursor = this.#cursors.get(id);
    if (cursor === undefined || cursor.ns !== ns) return false;
    this.#remove(cursor);
    return true;
  }

  close(): void {
    clearInterval(this.#timer);
    for (const cursor of this.#cursors.values()) this.#remove(cursor);
  }

  #remove(cursor: OpenCursor): void {
    cursor.pace.killed = true;
    this.#cursors.delete(cursor.id);
    if (!cursor.busy) void cursor.results.return();
  }
}

async function take(cursor: OpenCursor, batchSize: number): Promise<{ documents: RawDoc[]; done: boolean }> {
  const documents: RawDoc[] = [];
  let bytes = 0;
  while (documents.length < batchSize) {
    let document = cursor.pending;
    cursor.pending = undefined;
    if (document === undefined) {
      const { value, done } = await cursor.results.next();
      if (done === true) return { documents, done: true };
      document = value instanceof RawDoc ? value : new RawDoc(encodeDocument(value));
    }
    bytes += document.bytes.length;
    if (bytes > batchBytesMax && documents.length > 0) {
      cursor.pending = document;
      return { documents, done: false };
    }
    documents.push(document);
  }
  return { documents, done: false };
}
