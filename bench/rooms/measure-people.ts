import type { Backend } from '@confab/api';
import type { Account } from '../send/crowd.ts';
import { databaseCost, type DatabaseCost } from './database-cost.ts';
import { nameOf } from './fill.ts';
import { inTurns, type Timing } from './sample.ts';

export interface SearchRun extends Timing, DatabaseCost {
  readonly search: string;
  readonly users: number;
}

/** Each person may search 30 times at once: so many turns are shared by so many. */
const searchesEach = 20;
const explained = 10;

/** Pages of 50, by the start of names that are there. */
export async function measureSearch(
  backend: Backend,
  searchers: readonly Account[],
  users: number,
): Promise<SearchRun[]> {
  const someName = (turn: number) => nameOf((turn * 31) % users);
  const kinds: { search: string; page: (account: Account, turn: number) => Promise<unknown> }[] = [
    ...[1, 2, 3].map((letters) => ({
      search: `${String(letters)} letters`,
      page: ({ api }: Account, turn: number) =>
        api.users.search({ prefix: someName(turn).slice(0, letters) }),
    })),
    { search: 'whole name', page: ({ api }, turn) => api.users.search({ prefix: someName(turn) }) },
    {
      search: 'everybody, further on',
      page: ({ api }, turn) => api.users.search({ prefix: '', cursor: cursorAt(someName(turn)) }),
    },
  ];
  // Every kind once a turn.
  const turns = Math.floor((searchers.length * searchesEach) / kinds.length) - explained;
  let calls = 0;
  const next = () => {
    const searcher = searchers[calls++ % searchers.length];
    if (!searcher) throw new Error('nobody searches');
    return searcher;
  };
  const timings = await inTurns(
    turns,
    kinds.map(
      ({ page }) =>
        (turn) =>
          page(next(), turn),
    ),
  );
  const runs: SearchRun[] = [];
  for (const [i, { search, page }] of kinds.entries()) {
    const cost = await databaseCost(
      backend,
      Array.from({ length: explained }, (_, turn) => () => page(next(), turn)),
    );
    const timing = timings[i];
    if (timing) runs.push({ search, users, ...timing, ...cost });
  }
  return runs;
}

/** As a page that ended there gives it. */
function cursorAt(name: string): string {
  return Buffer.from(JSON.stringify([name, 'f'.repeat(24)])).toString('base64url');
}
