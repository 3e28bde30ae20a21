'use client';
import { useEffect, useRef } from 'react';
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
  /** What is in view may be marked. */
  readonly enabled: boolean;
}

/**
 * Marks as read what was painted while somebody was looking, and nothing else: of a burst that passes between two
 * frames, nobody has seen anything.
 */
export function useMarkRead({ conversationId, rows, seenIndex, enabled }: MarkReadOptions): void {
  const { sync } = useSession();
  const focused = useFocused();
  const seq = enabled && focused ? seqUpTo(rows, seenIndex) : 0;
  const inView = useRef(0);
  useEffect(() => {
    inView.current = seq;
    const read = sync.conversation(conversationId).get()?.readSeq ?? 0;
    if (seq <= read) return;
    // Two frames from now, what stood there at the first of them was painted.
    requestAnimationFrame(() => {
      const painted = inView.current;
      requestAnimationFrame(() => {
        if (painted > 0) sync.markRead(conversationId, painted);
      });
    });
  }, [sync, conversationId, seq]);
  useEffect(
    () => () => {
      inView.current = 0;
    },
    [],
  );
}
