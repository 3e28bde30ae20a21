'use client';
import { useEffect, useState } from 'react';
import type { Row } from './timeline-rows.ts';

/** How many messages of others came below since the reader left the end. */
export function useNewBelow(rows: readonly Row[], isAtEnd: boolean, userId: string): number {
  const lastKey = rows.at(-1)?.key ?? null;
  const [seenKey, setSeenKey] = useState(lastKey);
  useEffect(() => {
    if (isAtEnd) setSeenKey(lastKey);
  }, [isAtEnd, lastKey]);
  if (isAtEnd || seenKey === null) return 0;
  const seenIndex = rows.findLastIndex(({ key }) => key === seenKey);
  return rows.slice(seenIndex + 1).filter((row) => isOthers(row, userId)).length;
}

function isOthers(row: Row, userId: string): boolean {
  return row.type === 'message' && row.item.type === 'entry' && row.item.entry.senderId !== userId;
}
