import type { RunLog } from './log.ts';
import {
  acknowledgedTwice,
  descending,
  divergences,
  duplicates,
  holes,
  lostAcknowledged,
  lostFromOutbox,
  outOfOrder,
  phantoms,
  unfinished,
  unfolded,
} from './rules.ts';
import { replayShown } from './shown.ts';
import { indexRun } from './stored.ts';
import type { Violation } from './violation.ts';

const rules = [
  lostAcknowledged,
  lostFromOutbox,
  holes,
  duplicates,
  acknowledgedTwice,
  descending,
  outOfOrder,
  phantoms,
  divergences,
  unfolded,
  unfinished,
];

/**
 * Holds what devices logged against the log as it is stored. Knows nothing of how the product delivers: it imports
 * none of it, so that an error there cannot hide itself here.
 */
export function check(run: RunLog): Violation[] {
  const index = indexRun(run);
  return [...rules.flatMap((rule) => rule(index)), ...run.devices.flatMap(replayShown)];
}

/** Whether every device shows what the snapshots hold: worth waiting for, before the check. */
export function showsAll(run: RunLog): boolean {
  return divergences(indexRun(run)).length === 0;
}
