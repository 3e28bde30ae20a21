'use client';
import { useEffect, useState } from 'react';
import { limits } from '@confab/contract';
import { useSelected, useStore } from '../../lib/use-store.ts';
import { useSession } from '../shell/use-session.ts';
import type { Row } from './timeline-rows.ts';

export interface NewBelowOptions {
  readonly rows: readonly Row[];
  /** The lowest row in view; -1 while that is not settled. */
  readonly seenIndex: number;
  readonly isAtEnd: boolean;
  readonly userId: string;
  /** Messages that the rows do not reach down to: then it is said how many are unread. */
  readonly hasNewer: boolean;
  readonly conversationId: string;
}

/** How many messages of others, but of nobody blocked, stand below the lowest row that was ever in view; Infinity: more than are counted. */
export function useNewBelow(options: NewBelowOptions): number {
  const { rows, seenIndex, isAtEnd, userId, hasNewer, conversationId } = options;
  const { sync, blocked } = useSession();
  const silent = useStore(blocked.ids);
  const unread = useSelected(sync.conversation(conversationId), (row) => (hasNewer ? (row?.unread ?? 0) : 0));
  const [lowestKey, setLowestKey] = useState<string | null>(null);
  const lowest = Math.max(
    rows.findIndex(({ key }) => key === lowestKey),
    isAtEnd && seenIndex >= 0 ? rows.length - 1 : seenIndex,
  );
  const key = rows[lowest]?.key ?? null;
  useEffect(() => {
    setLowestKey(key);
  }, [key]);
  if (hasNewer) return unread < limits.unreadMax ? unread : Infinity;
  if (lowest === -1) return 0;
  return rows.slice(lowest + 1).filter((row) => isCounted(row, userId, silent)).length;
}

function isCounted(row: Row, userId: string, silent: ReadonlySet<string> | null): boolean {
  if (row.type !== 'message' || row.item.type !== 'entry') return false;
  const { senderId } = row.item.entry;
  return senderId !== userId && silent?.has(senderId) !== true;
}
