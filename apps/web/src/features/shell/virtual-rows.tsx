'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useReducer, useRef, type ReactNode, type RefObject } from 'react';
import { RowList } from '@confab/ui';

export interface VirtualRowsProps {
  /** Of what this is a list. */
  label: string;
  count: number;
  /** Pixels: of all of them, or of each. */
  rowHeight: number | ((index: number) => number);
  /** The element that scrolls around the list. */
  scrollRef: RefObject<HTMLElement | null>;
  rowKey: (index: number) => string;
  /** An `<li>`. */
  renderRow: (index: number) => ReactNode;
  /** The last rows came into view. */
  onEndNear?: (() => void) | undefined;
}

/** A list of rows of known height, of which only those in view are drawn. */
export function VirtualRows(props: VirtualRowsProps) {
  const { label, count, rowHeight, scrollRef, rowKey, renderRow, onEndNear } = props;
  const listRef = useRef<HTMLUListElement>(null);
  const list = useVirtualizer<HTMLElement, HTMLElement>({
    count,
    getScrollElement: () => scrollRef.current,
    estimateSize: (index) => (typeof rowHeight === 'number' ? rowHeight : rowHeight(index)),
    getItemKey: rowKey,
    overscan: 8,
    observeElementOffset: (virtualizer, onOffset) => {
      const scroller = virtualizer.scrollElement;
      if (!scroller) return;
      return watchOffset(scroller, listRef, onOffset);
    },
  });
  const [, render] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    // Where the two appear together, the scroller, which is around the list, is known a moment after it.
    if (list.scrollElement === null) render();
  }, [list]);
  const items = list.getVirtualItems();
  const last = items.at(-1);
  const isEndNear = count > 0 && last !== undefined && last.index >= count - 5;
  useEffect(() => {
    if (isEndNear) onEndNear?.();
  }, [isEndNear, count, onEndNear]);
  return (
    <RowList label={label} listRef={listRef}>
      <Gap height={items[0]?.start ?? 0} />
      {items.map(({ index }) => renderRow(index))}
      {/* Nothing is drawn while the pane is hidden; the list keeps its height, and so the place where it was left. */}
      <Gap height={list.getTotalSize() - (last?.end ?? 0)} />
    </RowList>
  );
}

/**
 * How far the list's own top is above the scroller's: whatever stands above the list in it, and however its height
 * changes, the rows in view are right from the next scroll on, and the overscan covers the time up to it.
 */
function watchOffset(
  scroller: HTMLElement,
  listRef: RefObject<HTMLElement | null>,
  onOffset: (offset: number, isScrolling: boolean) => void,
): () => void {
  const tell = () => {
    const top = listRef.current?.getBoundingClientRect().top;
    if (top !== undefined) onOffset(scroller.getBoundingClientRect().top - top, false);
  };
  tell();
  scroller.addEventListener('scroll', tell, { passive: true });
  return () => {
    scroller.removeEventListener('scroll', tell);
  };
}

/** In the place of rows that are not drawn. */
function Gap({ height }: { height: number }) {
  return height > 0 && <li aria-hidden style={{ height }} />;
}
