import type { TimelineItem, VisibleEntry } from '@confab/sync';
import { localDay } from '../../lib/dates.ts';

/** Messages of one sender closer together than this share one head. */
export const groupMs = 5 * 60_000;

/** One row on the screen, from top to bottom. `key` is lasting: the list keeps its place by it. */
export type Row =
  | { readonly type: 'start'; readonly key: 'start' }
  | { readonly type: 'day'; readonly key: string; readonly day: string }
  /** Everything below is new. */
  | { readonly type: 'new'; readonly key: 'new' }
  | {
      readonly type: 'system';
      readonly key: string;
      readonly entry: Exclude<VisibleEntry, { kind: 'message' }>;
    }
  | MessageRowData;

export interface MessageRowData {
  readonly type: 'message';
  readonly key: string;
  readonly item: TimelineItem;
  /** First and last of its group. */
  readonly first: boolean;
  readonly last: boolean;
  /** Says under it who has read it. */
  readonly seenLine: boolean;
}

export interface RowOptions {
  readonly userId: string;
  /** Older messages exist that are not held: the oldest held one says nothing about where its day begins. */
  readonly hasOlder: boolean;
  /**
   * Keys that begin a group whatever stands above them: the oldest of each page that was shown. When older messages
   * come to stand above, the row keeps its height, and with it everything below keeps its place.
   */
  readonly breaks: ReadonlySet<string>;
  /** Everything from this rev on is held. */
  readonly low: number;
  /** Up to where the reader had read when the conversation was opened; null when nothing was unread. */
  readonly readSeq: number | null;
  /** One's own last message says who has read it. */
  readonly seenLine: boolean;
}

function createdAt(item: TimelineItem): string {
  return item.type === 'entry' ? item.entry.createdAt : item.message.createdAt;
}

function senderOf(item: TimelineItem, userId: string): string | null {
  if (item.type === 'outgoing') return userId;
  return item.entry.kind === 'message' ? item.entry.senderId : null;
}

/** Whether two messages that follow each other on one day are one group. */
function isGrouped(before: TimelineItem, item: TimelineItem, { userId, breaks }: RowOptions): boolean {
  const sender = senderOf(item, userId);
  if (sender === null || sender !== senderOf(before, userId) || breaks.has(item.key)) return false;
  const gapMs = Date.parse(createdAt(item)) - Date.parse(createdAt(before));
  return Math.abs(gapMs) < groupMs;
}

/** Whether this is a message of somebody else above what was read. */
export function isUnreadItem(item: TimelineItem, readSeq: number, userId: string): boolean {
  if (item.type !== 'entry' || item.entry.kind !== 'message') return false;
  return item.entry.rev > readSeq && item.entry.senderId !== userId;
}

/** The first message that was unread; null when there is none, or when it may stand above what is held. */
function firstUnreadKey(items: readonly TimelineItem[], options: RowOptions): string | null {
  const { readSeq, userId, hasOlder, low } = options;
  if (readSeq === null || (hasOlder && low > readSeq + 1)) return null;
  return items.find((item) => isUnreadItem(item, readSeq, userId))?.key ?? null;
}

/** The row that whoever follows the end may not lose from view: the first one unread, or the line over it. -1 for none. */
export function firstUnreadIndex(rows: readonly Row[], readSeq: number, userId: string): number {
  let first = -1;
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index];
    if (row?.type !== 'message' || row.item.type !== 'entry') continue;
    if (row.item.entry.rev <= readSeq) break;
    if (isUnreadItem(row.item, readSeq, userId)) first = index;
  }
  return rows[first - 1]?.type === 'new' ? first - 1 : first;
}

function lastOwnKey(items: readonly TimelineItem[], { userId }: RowOptions): string | null {
  const own = items.findLast(
    (item) =>
      item.type === 'entry' &&
      item.entry.kind === 'message' &&
      item.entry.senderId === userId &&
      item.entry.deletedRev === undefined,
  );
  return own?.key ?? null;
}

/**
 * The rows of a timeline: a separator where a local day begins and where the new messages begin, messages grouped, what
 * happened as a line.
 */
export function timelineRows(items: readonly TimelineItem[], options: RowOptions): readonly Row[] {
  const rows: Row[] = options.hasOlder ? [] : [{ type: 'start', key: 'start' }];
  const days = items.map((item) => localDay(new Date(createdAt(item))));
  const unreadKey = firstUnreadKey(items, options);
  const seenKey = options.seenLine ? lastOwnKey(items, options) : null;
  const isFollowUp = (index: number) => {
    const item = items[index];
    const before = items[index - 1];
    return (
      item !== undefined &&
      before !== undefined &&
      item.key !== unreadKey &&
      days[index] === days[index - 1] &&
      isGrouped(before, item, options)
    );
  };
  items.forEach((item, index) => {
    const day = days[index] ?? '';
    const beginsDay = index === 0 ? !options.hasOlder : day !== days[index - 1];
    if (beginsDay) rows.push({ type: 'day', key: `day:${item.key}`, day });
    if (item.key === unreadKey) rows.push({ type: 'new', key: 'new' });
    if (item.type === 'entry' && item.entry.kind !== 'message') {
      rows.push({ type: 'system', key: item.key, entry: item.entry });
    } else {
      rows.push({
        type: 'message',
        key: item.key,
        item,
        first: !isFollowUp(index),
        last: !isFollowUp(index + 1),
        seenLine: item.key === seenKey,
      });
    }
  });
  return rows;
}

function isSameRow(a: Row, b: Row): boolean {
  return (Object.keys(b) as (keyof Row)[]).every((key) => Object.is(a[key], b[key]));
}

/** The same rows, with each one that did not change replaced by its predecessor: what is drawn compares by identity. */
export function keepRows(before: readonly Row[], after: readonly Row[]): readonly Row[] {
  const known = new Map(before.map((row) => [row.key, row]));
  return after.map((row) => {
    const same = known.get(row.key);
    return same && isSameRow(same, row) ? same : row;
  });
}
