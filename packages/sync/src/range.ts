import type { ChangeEntry, Entry, MessagePage, MessagePull } from '@confab/contract';
import { foldInto, isChange, isVisible, normalised } from './fold.ts';
import type { VisibleEntry } from './views.ts';

/**
 * What a device holds of one conversation: every rev from `low` to `cursor`, without holes. Revs that this reader
 * may not see are covered by the range and have no entry in it. Empty when `low` is `cursor + 1`.
 */
export interface Range {
  /** The lowest rev this reader may ever see. */
  readonly from: number;
  readonly low: number;
  readonly cursor: number;
  /** Of the entry at the cursor; null or absent where that is unknown, or a void. */
  readonly lastId?: string | null | undefined;
  /** By rev; messages with every change up to `cursor` folded in, and perhaps later ones. */
  readonly entries: readonly VisibleEntry[];
}

export interface Appended {
  readonly range: Range;
  /** An entry lay above `cursor + 1`: what is between must be pulled. */
  readonly gap: boolean;
}

function visible(entries: readonly Entry[]): VisibleEntry[] {
  return entries.filter(isVisible).map(normalised);
}

/** What lies below `from` is no longer ours to see; when that is everything, the range jumps there. */
export function startAt(range: Range, from: number): Range {
  if (from <= range.low) return from === range.from ? range : { ...range, from };
  const entries = range.entries.filter((entry) => entry.rev >= from);
  const cursor = Math.max(range.cursor, from - 1);
  return { from, low: from, cursor, lastId: cursor === range.cursor ? range.lastId : null, entries };
}

/** The id of the entry at a rev, if it is among these. */
function idAt(rev: number, entries: readonly Entry[]): string | null {
  const entry = entries.findLast((one) => one.rev === rev);
  return entry === undefined || entry.kind === 'void' ? null : entry.id;
}

/** The range that the newest page gives. */
export function rangeOfPage(page: MessagePage): Range {
  const low = page.entries[0]?.rev ?? page.cursor + 1;
  const { from, cursor, entries } = page;
  return startAt({ from, low, cursor, lastId: idAt(cursor, entries), entries: visible(entries) }, from);
}

/**
 * Live entries: at or below the cursor they are duplicates; the first one above a gap ends the run. A change beyond
 * the gap is folded in all the same: it holds whatever the gap hides, and coming again it changes nothing.
 */
export function append(range: Range, entries: readonly Entry[]): Appended {
  const fresh: Entry[] = [];
  let { cursor } = range;
  let gap = false;
  for (const entry of entries) {
    if (entry.rev <= cursor) continue;
    gap = entry.rev > cursor + 1;
    if (gap) break;
    cursor = entry.rev;
    fresh.push(entry);
  }
  const grown = fresh.some(isVisible) ? [...range.entries, ...visible(fresh)] : range.entries;
  const folded = foldInto(grown, entries);
  if (cursor === range.cursor && folded === range.entries) return { range, gap };
  const lastId = cursor === range.cursor ? range.lastId : idAt(cursor, fresh);
  return { range: { ...range, cursor, lastId, entries: folded }, gap };
}

/**
 * The answer to a pull that was asked for at or below today's cursor. It is the log itself: a rev that it skips
 * exists nowhere, so the cursor passes over it as over a void. (A live event may skip nothing: see `append`.)
 */
export function applyPull(range: Range, pull: MessagePull): Range {
  const start = startAt(range, pull.from);
  const fresh = pull.entries.filter((entry) => entry.rev > start.cursor);
  const last = fresh.at(-1);
  if (last === undefined) return start;
  const entries = foldInto([...start.entries, ...visible(fresh)], fresh);
  return { ...start, cursor: last.rev, lastId: idAt(last.rev, fresh), entries };
}

/** Changes of messages that the range does not reach down to. */
export function changesBelow(range: Range, entries: readonly Entry[]): readonly ChangeEntry[] {
  return entries.filter(isChange).filter((change) => change.seq < range.low);
}

export interface OlderPage {
  /** It was asked for below this rev. */
  readonly before: number;
  readonly page: MessagePage;
  /** What `changesBelow` gave while it was under way: it may have been read before them. */
  readonly passed: readonly ChangeEntry[];
}

/** Takes an older page in. Dropped when the range no longer begins where it was asked for. */
export function prependPage(range: Range, { before, page, passed }: OlderPage): Range {
  if (range.low !== before) return range;
  const low = page.entries[0]?.rev ?? Math.min(page.from, before);
  const older = foldInto(visible(page.entries), passed);
  return startAt({ ...range, low, entries: [...older, ...range.entries] }, page.from);
}

/** Keeps the newest `keep` entries; older ones can be loaded again. */
export function trimOldest(range: Range, keep: number): Range {
  const entries = range.entries.slice(-keep);
  const first = entries[0];
  return first === undefined || entries.length === range.entries.length
    ? range
    : { ...range, low: first.rev, entries };
}
