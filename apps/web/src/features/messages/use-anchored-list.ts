'use client';
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { Row } from './timeline-rows.ts';

/** This close to the end, the list follows what comes. */
export const followWithinPx = 100;

/** Heights before they are measured; a separator's is exact, so that one that appears above shifts nothing. */
const estimatedPx: Record<Row['type'], number> = { start: 220, day: 44, new: 44, system: 28, message: 60 };
/** Of what was read before, this much stays in view above the row that the list begins at. */
const startPaddingPx = 72;
/** A row is in view with its first line. */
const seenPx = 24;
/** Rows drawn above and below what is seen. */
const overscanRows = 12;

export interface AnchoredList {
  readonly list: Virtualizer<HTMLDivElement, Element>;
  /** Of the block that holds the drawn rows, one under the other; the hook places it. */
  readonly blockRef: RefObject<HTMLDivElement | null>;
  /** The lowest row in view; -1 before the list stands where it was to begin. */
  readonly seenIndex: number;
}

export interface AnchoredListOptions {
  readonly rows: readonly Row[];
  readonly scrollRef: RefObject<HTMLDivElement | null>;
  /** Room above the first row, for what loads there. */
  readonly headPx: number;
  /** The row to begin at, if not at the end; -1 for none. */
  readonly startIndex: number;
}

/**
 * A list that grows at both ends: what is being read stays where it is when rows come above, and new rows at the end
 * are followed by whoever is there. Begins at the end, or at a row as soon as there is one to begin at.
 */
export function useAnchoredList(options: AnchoredListOptions): AnchoredList {
  const { rows, scrollRef, headPx, startIndex } = options;
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: (index) => estimatedPx[rows[index]?.type ?? 'message'],
    getItemKey: (index) => rows[index]?.key ?? index,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: followWithinPx,
    paddingStart: headPx,
    paddingEnd: 4,
    scrollPaddingStart: startPaddingPx,
    overscan: overscanRows,
    initialOffset: () => Number.MAX_SAFE_INTEGER,
  });
  const hasStart = startIndex >= 0;
  useLayoutEffect(() => {
    if (hasStart) list.scrollToIndex(startIndex, { align: 'start' });
    else list.scrollToEnd();
    // Once, and once more should the row to begin at come later: afterwards the reader decides.
  }, [list, hasStart]);
  useKeepEnd(list, scrollRef);
  const blockRef = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (blockRef.current) placeBlock(blockRef.current, list);
  });
  return { list, blockRef, seenIndex: useSeenIndex(list, startIndex) };
}

/** The lowest row in view, once the list stands where it was to begin: on the way there, nobody has seen anything. */
function useSeenIndex(list: Virtualizer<HTMLDivElement, Element>, startIndex: number): number {
  const beginsAt = startIndex >= 0 ? 'row' : 'end';
  const [begun, setBegun] = useState<'row' | 'end' | null>(null);
  const height = list.scrollRect?.height ?? 0;
  // A list that does not fill the view never scrolls, and so never corrects the offset it was to begin at.
  const top = Math.min(list.scrollOffset ?? 0, Math.max(0, list.getTotalSize() - height));
  const bottom = top + height;
  const drawn = list.getVirtualItems();
  const start = drawn.find(({ index }) => index === startIndex);
  const isThere = beginsAt === 'end' || (start !== undefined && start.end > top && start.start < bottom);
  useEffect(() => {
    if (begun === beginsAt || !isThere) return;
    const frame = requestAnimationFrame(() => {
      setBegun(beginsAt);
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [begun, beginsAt, isThere]);
  if (begun !== beginsAt) return -1;
  return drawn.findLast((item) => item.start + seenPx <= bottom)?.index ?? -1;
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
): void {
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
}
