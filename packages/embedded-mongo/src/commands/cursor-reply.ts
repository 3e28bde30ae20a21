import { type Doc, docOf } from '../bson/value.ts';
import type { Batch } from '../query/cursor-table.ts';

export const firstBatchDefault = 101;

export function cursorReply(ns: string, batch: Batch, field: 'firstBatch' | 'nextBatch'): Doc {
  return docOf({ cursor: docOf({ [field]: batch.documents, id: batch.cursorId, ns }) });
}

/** A whole list as one finished cursor. */
export function listReply(ns: string, documents: Doc[]): Doc {
  return docOf({ cursor: docOf({ firstBatch: documents, id: 0n, ns }) });
}
