'use client';
import { useEffect, useState } from 'react';
import { useStore } from '../../lib/use-store.ts';
import { useSession } from '../shell/use-session.ts';

/** How a conversation was found when it was opened. */
export interface Visit {
  /** What is unread is known: before, nothing may be marked as read. */
  readonly begun: boolean;
  /** Up to where it had been read then; null when nothing was unread. Stays as long as the conversation is open. */
  readonly readSeq: number | null;
}

const notBegun: Visit = { begun: false, readSeq: null };

/** Begins with the first answer of the server: what this device kept may be long behind. */
export function useVisit(conversationId: string): Visit {
  const { sync } = useSession();
  const connecting = useStore(sync.connection) === 'connecting';
  const look = (): Visit => {
    const row = sync.conversation(conversationId).get();
    return { begun: true, readSeq: row !== null && row.unread > 0 ? row.readSeq : null };
  };
  const [visit, setVisit] = useState(() => (connecting ? notBegun : look()));
  const begins = !connecting && !visit.begun;
  useEffect(() => {
    if (begins) setVisit(look());
    // Once: what is read from here on does not move the divider.
  }, [begins]);
  return visit;
}
