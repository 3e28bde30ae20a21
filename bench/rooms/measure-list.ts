import type { Backend } from '@confab/api';
import type { Account } from '../send/crowd.ts';
import { databaseCost, type DatabaseCost } from './database-cost.ts';
import { inTurns, type Timing } from './sample.ts';

export interface ListRun extends Timing, DatabaseCost {
  readonly reads: string;
  readonly conversations: number;
}

async function wholeList({ api }: Account, limit?: number): Promise<number> {
  let rows = 0;
  let cursor: string | null | undefined;
  do {
    const page = await api.conversations.list({ ...(limit && { limit }), ...(cursor && { cursor }) });
    rows += page.conversations.length;
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}

/** The list as devices read it, its first page alone, and the whole list in pages of the size of other lists. */
export async function measureList(backend: Backend, reader: Account, turns: number): Promise<ListRun[]> {
  const conversations = await wholeList(reader);
  const kinds = [
    { reads: 'whole list', call: () => wholeList(reader) },
    { reads: 'its first page', call: () => reader.api.conversations.list({}) },
    { reads: 'first 50 rows', call: () => reader.api.conversations.list({ limit: 50 }) },
    { reads: 'whole list, pages of 100', call: () => wholeList(reader, 100) },
  ];
  const timings = await inTurns(
    turns,
    kinds.map(({ call }) => call),
  );
  const runs: ListRun[] = [];
  for (const [i, { reads, call }] of kinds.entries()) {
    const cost = await databaseCost(backend, [call]);
    const timing = timings[i];
    if (timing) runs.push({ reads, conversations, ...timing, ...cost });
  }
  return runs;
}
