'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, type ReactNode, type RefObject } from 'react';
import { RowList } from '@confab/ui';

export interface VirtualRowsProps {
  /** Of what this is a list. */
  label: string;
  count: number;
  /** Pixels; all rows have the same. */
  rowHeight: number;
  /** The element that scrolls around the list. */
  scrollRef: RefObject<HTMLElement | null>;
  rowKey: (index: number) => string;
  /** An `<li>`. */
  renderRow: (index: number) => ReactNode;
  /** The last rows came into view. */
  onEndNear?: (() => void) | undefined;
}

/** A list of equal rows of which only those in view are drawn. */
export function VirtualRows(props: VirtualRowsProps) {
  const { label, count, rowHeight, scrollRef, rowKey, renderRow, onEndNear } = props;
  const list = useVirtualizer({
    count,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowHeight,
    getItemKey: rowKey,
    overscan: 8,
  });
  const items = list.getVirtualItems();
  const last = items.at(-1);
  const isEndNear = count > 0 && last !== undefined && last.index >= count - 5;
  useEffect(() => {
    if (isEndNear) onEndNear?.();
  }, [isEndNear, count, onEndNear]);
  return (
    <RowList label={label}>
      <Gap height={items[0]?.start ?? 0} />
      {items.map(({ index }) => renderRow(index))}
      <Gap height={last ? list.getTotalSize() - last.end : 0} />
    </RowList>
  );
}

/** In the place of rows that are not drawn. */
function Gap({ height }: { height: number }) {
  return height > 0 && <li aria-hidden style={{ height }} />;
}
