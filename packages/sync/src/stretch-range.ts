import type { ChangeEntry, Entry, MessagePage } from '@confab/contract';
import { foldInto } from './fold.ts';
import { rangeOfPage, startAt, type Range } from './range.ts';

/** Of the entries around a rev: so many from it upwards, and so many that follow it. A view's height of either. */
const aroundAbove = 40;
const aroundBelow = 60;
const newerEntriesMax = 50;

/** What a request for a page asks for. */
export interface Wanted {
  readonly before: number;
  readonly limit: number;
}

/** The page around a rev, below the live range: revs have no holes, so it is counted. */
export function wantedAround(rev: number, range: Range): Wanted {
  return { before: Math.min(range.low, rev + 1 + aroundBelow), limit: aroundAbove + aroundBelow };
}

/** The page that follows a stretch, up to the live range. */
export function wantedAfter(stretch: Range, range: Range): Wanted {
  const before = Math.min(range.low, stretch.cursor + 1 + newerEntriesMax);
  return { before, limit: before - 1 - stretch.cursor };
}

export interface StretchPage {
  readonly before: number;
  readonly page: MessagePage;
  /** What `changesBelow` gave of the live range while it was under way: it may have been read before them. */
  readonly passed: readonly ChangeEntry[];
}

/** A page as a range of its own: it holds every rev from its first one to the one below which it was asked for. */
export function stretchOfPage({ before, page, passed }: StretchPage): Range {
  const whole = rangeOfPage(page);
  const cursor = Math.max(whole.low - 1, Math.min(before - 1, page.cursor));
  return { ...whole, cursor, entries: foldInto(whole.entries, passed) };
}

/** Takes the page in that follows a stretch. Dropped when the stretch no longer ends below it. */
export function extendStretch(stretch: Range, newer: StretchPage): Range {
  const more = stretchOfPage(newer);
  if (more.low > stretch.cursor + 1 || more.cursor <= stretch.cursor) return stretch;
  const fresh = more.entries.filter((entry) => entry.rev > stretch.cursor);
  return { ...stretch, cursor: more.cursor, entries: [...stretch.entries, ...fresh] };
}

/** Changes of what a stretch holds. None may be left out: it will be joined to the live range, which has them all. */
export function foldStretch(stretch: Range, entries: readonly Entry[]): Range {
  const folded = foldInto(stretch.entries, entries);
  return folded === stretch.entries ? stretch : { ...stretch, entries: folded };
}

/**
 * The live range with a stretch below it, once nothing is missing between the two; null before. Both know every change
 * up to the live range's cursor.
 */
export function joinStretch(stretch: Range, range: Range): Range | null {
  if (stretch.cursor + 1 < range.low) return null;
  if (stretch.low >= range.low) return range;
  const below = stretch.entries.filter((entry) => entry.rev < range.low);
  const joined = { ...range, low: stretch.low, entries: [...below, ...range.entries] };
  return startAt(joined, Math.max(range.from, stretch.from));
}
