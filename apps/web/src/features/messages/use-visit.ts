'use client';
import { useState } from 'react';
import { useFocused } from '../../lib/use-focused.ts';
import { useSelected, useStore } from '../../lib/use-store.ts';
import { useSession } from '../shell/use-session.ts';

/** How a conversation was found when somebody turned to it. */
export interface Visit {
  /** What is unread is known: before, nothing may be marked as read. */
  readonly begun: boolean;
  /** Up to where it had been read then; null when nothing was unread. */
  readonly readSeq: number | null;
}

const notBegun: Visit = { begun: false, readSeq: null };

/**
 * Begins with the first answer of the server: what this device kept may be long behind. Stays until messages come to
 * somebody who had read everything and is away, from the window or from the network: that is another visit. So
 * is it when they leave messages unread that no line stands over.
 */
export function useVisit(conversationId: string): Visit {
  const { sync } = useSession();
  const row = sync.conversation(conversationId);
  const isAnswered = useSelected(row, (now) => now?.answered === true);
  const isUnread = useSelected(row, (now) => now !== null && now.unread > 0);
  const connection = useStore(sync.connection);
  const isAway = !useFocused() || connection !== 'online';
  const [visit, setVisit] = useState(notBegun);
  const [wasUnread, setWasUnread] = useState(isUnread);
  const begins = !visit.begun && (isAnswered || connection === 'offline');
  const returns = visit.begun && isAway && isUnread && (!wasUnread || visit.readSeq === null);
  if (isUnread !== wasUnread) setWasUnread(isUnread);
  if (!begins && !returns) return visit;
  const next = { begun: true, readSeq: isUnread ? (row.get()?.readSeq ?? null) : null };
  setVisit(next);
  return next;
}
