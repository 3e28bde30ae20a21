'use client';
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import type { Row } from './timeline-rows.ts';

/** This close to the end, the list follows what comes. */
export const followWithinPx = 100;

/** Heights before they are measured; a separator's is exact, so that one that appears above shifts nothing. */
const estimatedPx: Record<Row['type'], number> = { start: 220, day: 44, system: 28, message: 60 };
/** Rows drawn above and below what is seen. */
const overscanRows = 12;

export interface AnchoredList {
  readonly list: Virtualizer<HTMLDivElement, Element>;
  /** Of the block that holds the drawn rows, one under the other; the hook places it. */
  readonly blockRef: RefObject<HTMLDivElement | null>;
}

export interface AnchoredListOptions {
  readonly rows: readonly Row[];
  readonly scrollRef: RefObject<HTMLDivElement | null>;
  /** Room above the first row, for what loads there. */
  readonly headPx: number;
}

/**
 * A list that grows at both ends: what is being read stays where it is when rows come above, and new rows at the end
 * are followed by whoever is there. Begins at the end.
 */
export function useAnchoredList({ rows, scrollRef, headPx }: AnchoredListOptions): AnchoredList {
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
    overscan: overscanRows,
    initialOffset: () => Number.MAX_SAFE_INTEGER,
  });
  useLayoutEffect(() => {
    list.scrollToEnd();
  }, [list]);
  useKeepEnd(list, scrollRef);
  const blockRef = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (blockRef.current) placeBlock(blockRef.current, list);
  });
  return { list, blockRef };
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
