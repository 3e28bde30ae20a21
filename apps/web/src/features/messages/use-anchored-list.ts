'use client';
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { Row } from './timeline-rows.ts';

/** This close to the end, the list follows what comes. */
export const followWithinPx = 100;

/** Heights before they are measured; a separator's is exact, so that one that appears above shifts nothing. */
const estimatedPx: Record<Row['type'], number> = { start: 220, day: 44, new: 44, system: 28, message: 60 };
/** Of what was read before, this much stays in view above the row that the list begins at. */
const startPaddingPx = 72;
/** A row is in view with its first line. */
const seenPx = 24;
/** Unchanged for so many frames, a list is at rest: the virtualizer looks for two whether it has to correct its aim. */
const restFrames = 3;
/** Offsets are rounded. */
const missedMaxPx = 2;
/** Aimed at so often, a place that cannot be reached is left to the reader. */
const aimsMax = 10;
/** Rows drawn above and below what is seen. */
const overscanRows = 12;

export interface AnchoredList {
  readonly list: Virtualizer<HTMLDivElement, Element>;
  /** Of the block that holds the drawn rows, one under the other; the hook places it. */
  readonly blockRef: RefObject<HTMLDivElement | null>;
  /** The lowest row in view; -1 before the list stands where it was to begin. */
  readonly seenIndex: number;
  /** Goes to the end; when messages lie beyond the last row, as soon as the rows are there. */
  readonly toEnd: () => void;
}

export interface AnchoredListOptions {
  readonly rows: readonly Row[];
  readonly scrollRef: RefObject<HTMLDivElement | null>;
  /** Room above the first row, for what loads there. */
  readonly headPx: number;
  /** Room below the last row, for what loads there. */
  readonly footPx: number;
  /** The row to begin at, if not at the end; -1 for none. */
  readonly startIndex: number;
  /** Messages lie beyond the last row: the end of these rows is not the end, and nobody follows it. */
  readonly hasNewer: boolean;
  /** The row that may not leave the view upwards while new ones are followed; -1 for none. */
  readonly unreadIndex: () => number;
  /** Up to where the reader has read: when it rises, the row above is another one. */
  readonly readSeq: number;
}

/**
 * A list that grows at both ends: what is being read stays where it is when rows come above, and new rows at the end
 * are followed by whoever is there, as far as the first unread one stays in view. Begins at the end, or at a row.
 */
export function useAnchoredList(options: AnchoredListOptions): AnchoredList {
  const { rows, scrollRef, headPx, footPx, startIndex } = options;
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: (index) => estimatedPx[rows[index]?.type ?? 'message'],
    getItemKey: (index) => rows[index]?.key ?? index,
    anchorTo: 'end',
    scrollEndThreshold: followWithinPx,
    paddingStart: headPx,
    paddingEnd: footPx,
    scrollPaddingStart: startPaddingPx,
    overscan: overscanRows,
    initialOffset: () => Number.MAX_SAFE_INTEGER,
  });
  const landed = useLanded(list, scrollRef, startIndex);
  const atEnd = useKeepEnd(list, scrollRef);
  const toEnd = useFollow(list, { ...options, atEnd, landed });
  const blockRef = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (blockRef.current) placeBlock(blockRef.current, list);
  });
  return { list, blockRef, seenIndex: landed ? lowestInView(list) : -1, toEnd };
}

function lowestInView(list: Virtualizer<HTMLDivElement, Element>): number {
  const height = list.scrollRect?.height ?? 0;
  // A list that does not fill the view never scrolls, and so never corrects the offset it was to begin at.
  const top = Math.min(list.scrollOffset ?? 0, Math.max(0, list.getTotalSize() - height));
  return list.getVirtualItems().findLast((item) => item.start + seenPx <= top + height)?.index ?? -1;
}

function aim(list: Virtualizer<HTMLDivElement, Element>, startIndex: number): void {
  if (startIndex >= 0) list.scrollToIndex(startIndex, { align: 'start' });
  else list.scrollToEnd();
}

/** Pixels between where the list stands and where it was to begin. */
function missedBy(
  list: Virtualizer<HTMLDivElement, Element>,
  { scrollTop, scrollHeight, clientHeight }: HTMLElement,
  startIndex: number,
): number {
  const end = scrollHeight - clientHeight;
  const wanted = startIndex >= 0 ? (list.getOffsetForIndex(startIndex, 'start')?.[0] ?? end) : end;
  return Math.abs(scrollTop - Math.min(wanted, end));
}

/**
 * Brings the list to where it is to begin. Tells whether it is there, and at rest: on the way, nobody has seen anything,
 * and nobody has scrolled. Once it has landed, the reader decides.
 */
function useLanded(
  list: Virtualizer<HTMLDivElement, Element>,
  scrollRef: RefObject<HTMLDivElement | null>,
  startIndex: number,
): boolean {
  const [landed, setLanded] = useState(false);
  useLayoutEffect(() => {
    if (!landed) aim(list, startIndex);
    // Until the list has landed: older rows may come meanwhile, and the virtualizer, which corrects its aim by each row
    // that is measured, would go on aiming at the row's old index.
  }, [list, landed, startIndex]);
  useEffect(() => {
    if (landed) return;
    let [place, still, aims] = ['', 0, 0];
    let frame = requestAnimationFrame(function look() {
      const now = `${String(list.scrollOffset)} ${String(list.getTotalSize())}`;
      still = now === place ? still + 1 : 0;
      place = now;
      const isAtRest = still === restFrames;
      const isThere = !scrollRef.current || missedBy(list, scrollRef.current, startIndex) <= missedMaxPx;
      if (isAtRest && (isThere || aims === aimsMax)) {
        setLanded(true);
        return;
      }
      if (isAtRest) {
        // The virtualizer gives up its aim when rows that grow meanwhile move what it aims at.
        aim(list, startIndex);
        [still, aims] = [0, aims + 1];
      }
      frame = requestAnimationFrame(look);
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [list, scrollRef, landed, startIndex]);
  return landed;
}

interface FollowOptions extends Pick<AnchoredListOptions, 'rows' | 'hasNewer' | 'unreadIndex' | 'readSeq'> {
  readonly atEnd: RefObject<boolean>;
  readonly landed: boolean;
}

/**
 * New rows at the end are followed by whoever was there. Where that stopped, since a row may not leave the view, it goes
 * on once that row was read, if the end is still as close. Returns how to go to the end.
 */
function useFollow(list: Virtualizer<HTMLDivElement, Element>, options: FollowOptions): () => void {
  const { rows, hasNewer, unreadIndex, readSeq, atEnd, landed } = options;
  const before = useRef({ lastKey: rows.at(-1)?.key, hasNewer, readSeq, jumps: false, stopped: false });
  useLayoutEffect(() => {
    const lastKey = rows.at(-1)?.key;
    const wasAtEnd = atEnd.current && !before.current.hasNewer;
    const isNew = lastKey !== before.current.lastKey;
    const { jumps, stopped } = before.current;
    const isRead = stopped && readSeq > before.current.readSeq;
    const follows = isNew ? wasAtEnd : isRead && list.isAtEnd(followWithinPx);
    const index = landed && follows ? unreadIndex() : -1;
    const stops = follows ? index >= 0 : stopped && !isNew;
    before.current = { lastKey, hasNewer, readSeq, jumps: jumps && hasNewer, stopped: stops };
    if (jumps && !hasNewer) {
      list.scrollToEnd();
    } else if (landed && follows) {
      if (index >= 0) list.scrollToIndex(index, { align: 'start' });
      else list.scrollToEnd();
    } else {
      atEnd.current = list.isAtEnd(followWithinPx);
    }
    // What is unread is looked up when rows come, and when they were read.
  }, [list, rows, readSeq, hasNewer, landed]);
  return useCallback(() => {
    if (before.current.hasNewer) before.current.jumps = true;
    else list.scrollToEnd();
  }, [list]);
}

/**
 * Puts the block where the row at the top of the view belongs. Rows drawn for the first time are measured a frame
 * later; were the block placed by its first row, what they differ from their estimates would shift what is read.
 */
function placeBlock(block: HTMLElement, list: Virtualizer<HTMLDivElement, Element>): void {
  const items = list.getVirtualItems();
  const offset = list.scrollOffset ?? 0;
  const anchor = items.find(({ end }) => end > offset) ?? items.at(-1);
  const row = anchor && block.querySelector<HTMLElement>(`[data-index="${anchor.index}"]`);
  if (!anchor || !row) return;
  const margin = `${anchor.start - (row.offsetTop - block.offsetTop)}px`;
  if (block.style.marginTop !== margin) block.style.marginTop = margin;
}

/** A composer that grows, or a keyboard that opens, takes room at the foot: whoever was at the end stays there. */
function useKeepEnd(
  list: Virtualizer<HTMLDivElement, Element>,
  scrollRef: RefObject<HTMLDivElement | null>,
): RefObject<boolean> {
  const atEnd = useRef(true);
  useEffect(() => {
    const element = scrollRef.current;
    if (!element) return;
    const remember = () => {
      atEnd.current = list.isAtEnd(followWithinPx);
    };
    remember();
    const observer = new ResizeObserver(() => {
      if (atEnd.current) list.scrollToEnd();
    });
    observer.observe(element);
    element.addEventListener('scroll', remember, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', remember);
    };
  }, [list, scrollRef]);
  return atEnd;
}
