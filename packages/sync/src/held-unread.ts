import { limits, type Conversation, type Entry, type MessageEntry } from '@confab/contract';
import type { Range } from './range.ts';
import type { KeptConversation } from './storage/sync-storage.ts';

interface News {
  readonly rev: number;
  readonly senderId: string;
}

/** What tells how much of a conversation is unread: the server's count, what came since, how far was read. */
export interface HeldUnread {
  readonly counted: Pick<Conversation, 'headRev' | 'unread' | 'unreadTo' | 'readSeq'>;
  /** Messages of others above `readSeq` that were heard of, by rev; the newest, as many as are ever shown. */
  readonly news: readonly News[];
  /** Revs above `readSeq` of messages that were heard to be deleted; as many. */
  readonly gone: readonly number[];
  /** Up to where the reader has read, as far as known here: never behind `counted.readSeq`. */
  readonly readSeq: number;
  /** Raised by what makes the server's count wrong in a way that only another count can mend. */
  readonly doubts: number;
}

/** Whose count it is. */
export interface Reader {
  readonly userId: string;
  /** Whom they blocked: what these write is in no count. */
  readonly blocked: ReadonlySet<string>;
}

/** What the number is computed from, beside what was heard: the entries held. */
interface Surroundings {
  readonly range: Range | null;
  readonly reader: Reader;
}

function isCounted({ senderId, deletedRev }: MessageEntry, { userId, blocked }: Reader): boolean {
  return senderId !== userId && deletedRev === undefined && !blocked.has(senderId);
}

function withRev(revs: readonly number[], rev: number): readonly number[] {
  if (revs.includes(rev)) return revs;
  return [...revs, rev].sort((a, b) => a - b).slice(-limits.unreadMax);
}

function withMessage(news: readonly News[], { rev, senderId }: MessageEntry): readonly News[] {
  if (news.some((known) => known.rev === rev)) return news;
  return [...news, { rev, senderId }].sort((a, b) => a.rev - b.rev).slice(-limits.unreadMax);
}

function raised(held: HeldUnread, seq: number): HeldUnread {
  if (seq <= held.readSeq) return held;
  const isAbove = (rev: number): boolean => rev > seq;
  const news = held.news.filter(({ rev }) => isAbove(rev));
  return { ...held, readSeq: seq, news, gone: held.gone.filter(isAbove) };
}

/** Heads and read marks only rise: the lower one was read earlier. Heads may run ahead of what was counted. */
function isOvertaken(answer: HeldUnread['counted'], by: HeldUnread['counted']): boolean {
  if (answer.headRev !== by.headRev) return answer.headRev < by.headRev;
  if (answer.readSeq !== by.readSeq) return answer.readSeq < by.readSeq;
  // Of as many as are ever counted fewer are looked at: when somebody is no longer blocked, a later count ends sooner.
  return answer.unreadTo < by.unreadTo && answer.unread < limits.unreadMax;
}

type CountedAnswer = HeldUnread['counted'];

/** A later count replaces the one before; an overtaken one changes nothing. */
export function withCount(held: HeldUnread | undefined, answer: CountedAnswer): HeldUnread {
  const { headRev, unread, unreadTo, readSeq } = answer;
  const counted = { headRev, unread, unreadTo, readSeq };
  if (held === undefined) return { counted, news: [], gone: [], readSeq, doubts: 0 };
  return isOvertaken(counted, held.counted) ? held : raised({ ...held, counted }, readSeq);
}

/** The reader has read up to `seq`; `told` when the server knows it: another count will then have regarded it. */
export function withRead(held: HeldUnread, seq: number, told: boolean): HeldUnread {
  const { counted } = held;
  const isCounted = told && seq > counted.readSeq && seq < counted.unreadTo && counted.unread > 0;
  return raised(isCounted ? { ...held, doubts: held.doubts + 1 } : held, seq);
}

function withEntry(held: HeldUnread, entry: Entry, reader: Reader): HeldUnread {
  if (entry.kind === 'deletion') {
    if (entry.seq <= held.readSeq || held.gone.includes(entry.seq)) return held;
    const doubts = held.doubts + (entry.seq <= held.counted.unreadTo ? 1 : 0);
    return { ...held, gone: withRev(held.gone, entry.seq), doubts };
  }
  if (entry.kind !== 'message') return held;
  // Who writes has read what stands above: the server holds it so too.
  if (entry.senderId === reader.userId) {
    return entry.rev > held.readSeq ? withRead(held, entry.rev, true) : held;
  }
  const isNews = entry.rev > held.readSeq && isCounted(entry, reader);
  return isNews ? { ...held, news: withMessage(held.news, entry) } : held;
}

/** Entries of its log, in whatever order they come. Duplicates change nothing. */
export function withNews(held: HeldUnread, entries: readonly Entry[], reader: Reader): HeldUnread {
  return entries.reduce((changed, entry) => withEntry(changed, entry, reader), held);
}

/** Counted among the entries held; null when they do not reach from what was read to what the server counted. */
function countIn(held: HeldUnread, { range, reader }: Surroundings): number | null {
  if (range === null || range.cursor < held.counted.unreadTo) return null;
  if (range.low > Math.max(held.readSeq + 1, range.from)) return null;
  let unread = 0;
  for (let index = range.entries.length - 1; index >= 0; index -= 1) {
    const entry = range.entries[index];
    if (entry === undefined || entry.rev <= held.readSeq || unread === limits.unreadMax) break;
    if (entry.kind === 'message' && isCounted(entry, reader)) unread += 1;
  }
  return unread;
}

/** How many messages are unread, at most `limits.unreadMax`. */
export function unreadOf(held: HeldUnread, surroundings: Surroundings): number {
  const known = countIn(held, surroundings);
  if (known !== null) return known;
  const { blocked } = surroundings.reader;
  const { counted, news, gone, readSeq } = held;
  const before = readSeq >= counted.unreadTo ? 0 : counted.unread;
  const since = news.filter(({ rev, senderId }) => {
    return rev > counted.unreadTo && !gone.includes(rev) && !blocked.has(senderId);
  });
  return Math.min(limits.unreadMax, before + since.length);
}

/** The number as a count of its own: what a later page begins with. */
export function shownOf(held: HeldUnread, unread: number): KeptConversation['shown'] {
  const unreadTo = Math.max(held.counted.unreadTo, ...held.news.map(({ rev }) => rev));
  return { unread, unreadTo, readSeq: held.readSeq };
}

/** True when something made the count wrong since `before`, and the entries held cannot put it right. */
export function needsCount(before: HeldUnread, held: HeldUnread, surroundings: Surroundings): boolean {
  return held.doubts > before.doubts && countIn(held, surroundings) === null;
}
