'use client';
import { useEffect } from 'react';
import { useFocused } from '../../lib/use-focused.ts';
import { useSession } from '../shell/use-session.ts';
import type { Row } from './timeline-rows.ts';

/** The seq of the lowest stored message or event among the rows up to this one. */
function seqUpTo(rows: readonly Row[], index: number): number {
  for (let at = index; at >= 0; at -= 1) {
    const row = rows[at];
    if (row?.type === 'system') return row.entry.rev;
    if (row?.type === 'message' && row.item.type === 'entry') return row.item.entry.rev;
  }
  return 0;
}

export interface MarkReadOptions {
  readonly conversationId: string;
  readonly rows: readonly Row[];
  /** The lowest row in view, -1 for none. */
  readonly seenIndex: number;
  /** What was unread is known. */
  readonly begun: boolean;
}

/** Marks as read what is in view while somebody is looking, and nothing else. */
export function useMarkRead({ conversationId, rows, seenIndex, begun }: MarkReadOptions): void {
  const { sync } = useSession();
  const focused = useFocused();
  const seq = begun && focused ? seqUpTo(rows, seenIndex) : 0;
  useEffect(() => {
    const read = sync.conversation(conversationId).get()?.readSeq ?? 0;
    if (seq > read) sync.markRead(conversationId, seq);
  }, [sync, conversationId, seq]);
}
