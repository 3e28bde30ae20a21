import { limits } from '@confab/contract';
import { mongo } from 'mongoose';
import type { EntryRecord } from './timeline-entry.ts';

/** Entries of a log next to each other, as far as one answer goes. */
export interface Run {
  readonly entries: readonly EntryRecord[];
  /** It ended at a bound, of entries or of bytes; there may be more behind its last one. */
  readonly more: boolean;
}

/** Entries of one command. What is read beyond the bytes of an answer is less than so many. */
const stepEntries = 25;

/**
 * Reads entries step by step until there are `limit` of them, or as many bytes as an answer may have, or no more: a
 * hundred long messages have 3 MB, which would keep the database and this process from everybody else.
 * @param read so many at most, behind the last one; null: from the start
 */
export async function readRun(
  limit: number,
  read: (step: number, last: EntryRecord | null) => Promise<EntryRecord[]>,
): Promise<Run> {
  const entries: EntryRecord[] = [];
  let bytes = 0;
  while (entries.length < limit && bytes < limits.pageBytesMax) {
    const step = Math.min(stepEntries, limit - entries.length);
    const found = await read(step, entries.at(-1) ?? null);
    entries.push(...found);
    if (found.length < step) return { entries, more: false };
    bytes += found.reduce((sum, entry) => sum + mongo.BSON.calculateObjectSize(entry), 0);
  }
  return { entries, more: true };
}
