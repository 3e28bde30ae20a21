'use client';
import { useEffect, useState } from 'react';
import type { Row } from './timeline-rows.ts';

export interface NewBelowOptions {
  readonly rows: readonly Row[];
  /** The lowest row in view; -1 while that is not settled. */
  readonly seenIndex: number;
  readonly isAtEnd: boolean;
  readonly userId: string;
}

/** How many messages of others stand below the lowest row that was ever in view. */
export function useNewBelow({ rows, seenIndex, isAtEnd, userId }: NewBelowOptions): number {
  const [lowestKey, setLowestKey] = useState<string | null>(null);
  const lowest = Math.max(
    rows.findIndex(({ key }) => key === lowestKey),
    isAtEnd && seenIndex >= 0 ? rows.length - 1 : seenIndex,
  );
  const key = rows[lowest]?.key ?? null;
  useEffect(() => {
    setLowestKey(key);
  }, [key]);
  if (lowest === -1) return 0;
  return rows.slice(lowest + 1).filter((row) => isOthers(row, userId)).length;
}

function isOthers(row: Row, userId: string): boolean {
  return row.type === 'message' && row.item.type === 'entry' && row.item.entry.senderId !== userId;
}
