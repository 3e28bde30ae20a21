import type { Outgoing } from './outgoing.ts';
import { append, applyPull, changesBelow, prependPage } from './range.ts';
import { isRewound } from './rewound.ts';
import {
  extendStretch,
  foldStretch,
  joinStretch,
  stretchOfPage,
  wantedAfter,
  wantedAround,
} from './stretch-range.ts';

/**
 * The decisions that delivery stands on, as pure functions. They are an argument so that a test can put a broken
 * one in and see the guarantee fall.
 */
export interface Rules {
  readonly append: typeof append;
  readonly applyPull: typeof applyPull;
  readonly prependPage: typeof prependPage;
  /** Which changes are kept for a page under way. */
  readonly changesBelow: typeof changesBelow;
  readonly wantedAround: typeof wantedAround;
  readonly wantedAfter: typeof wantedAfter;
  readonly stretchOfPage: typeof stretchOfPage;
  readonly extendStretch: typeof extendStretch;
  readonly foldStretch: typeof foldStretch;
  readonly joinStretch: typeof joinStretch;
  /** Whether a head tells of entries that a range lacks. Heads may run ahead of the log: then a pull brings nothing. */
  readonly isBehind: (cursor: number, headRev: number) => boolean;
  /** Whether a head that the server tells of by itself is news to what is held. */
  readonly isAdvanced: (held: number, headRev: number) => boolean;
  /** Whether so much was missed that the newest page is loaded instead of everything between. */
  readonly isFar: (cursor: number, headRev: number) => boolean;
  /** Whether another pull is due: the last one said so, or `heard`, since it was asked for, lies above `cursor`. */
  readonly needsMore: (more: boolean, cursor: number, heard: number) => boolean;
  /** Under which client id an attempt to send goes out: the same for every attempt, so that one is stored. */
  readonly attemptId: (outgoing: Outgoing) => string;
  readonly isSameEpoch: (known: string, seen: string) => boolean;
  /** Whether a page proves that the log was set back behind an entry that is known. */
  readonly isRewound: typeof isRewound;
}

/** Ten full pulls: more of them one after the other would keep a reader waiting for what is long past. */
const pulledEntriesMax = 2_000;

export const rules: Rules = {
  append,
  applyPull,
  prependPage,
  changesBelow,
  wantedAround,
  wantedAfter,
  stretchOfPage,
  extendStretch,
  foldStretch,
  joinStretch,
  isBehind: (cursor, headRev) => headRev > cursor,
  isAdvanced: (held, headRev) => headRev > held,
  isFar: (cursor, headRev) => headRev - cursor > pulledEntriesMax,
  needsMore: (more, cursor, heard) => more || heard > cursor,
  attemptId: (outgoing) => outgoing.clientId,
  isSameEpoch: (known, seen) => known === seen,
  isRewound,
};
