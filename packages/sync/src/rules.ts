import type { MessagePull } from '@confab/contract';
import { append, applyPull, prependPage } from './range.ts';
import type { OutgoingMessage } from './views.ts';

/**
 * The decisions that delivery stands on, as pure functions. They are an argument so that a test can put a broken
 * one in and see the guarantee fall.
 */
export interface Rules {
  readonly append: typeof append;
  readonly applyPull: typeof applyPull;
  readonly prependPage: typeof prependPage;
  /** Whether a head tells of entries that a range lacks. Heads may run ahead of the log: then a pull brings nothing. */
  readonly isBehind: (cursor: number, headRev: number) => boolean;
  /** Whether a pull, `cursor` reached and `heard` the highest rev heard of since it was asked for, needs another. */
  readonly needsMore: (pull: MessagePull, cursor: number, heard: number) => boolean;
  /** Under which client id an attempt to send goes out: the same for every attempt, so that one is stored. */
  readonly attemptId: (message: OutgoingMessage) => string;
  readonly isSameEpoch: (known: string, seen: string) => boolean;
}

export const rules: Rules = {
  append,
  applyPull,
  prependPage,
  isBehind: (cursor, headRev) => headRev > cursor,
  needsMore: (pull, cursor, heard) => pull.more || heard > cursor,
  attemptId: (message) => message.clientId,
  isSameEpoch: (known, seen) => known === seen,
};
