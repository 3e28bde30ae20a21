'use client';
import { useEffect, useState } from 'react';
import type { Timeline } from '@confab/sync';
import { useSession } from '../shell/use-session.ts';
import type { Visit } from './use-visit.ts';

/** Whoever left more than this unread begins at the end: nobody waits for more pages than these. */
const pagesMax = 6;

/**
 * Whether the list can be shown: where the new messages begin is held, so that it opens there. Loads what is missing;
 * a list that was shown stays.
 */
export function useReached(conversationId: string, timeline: Timeline, { readSeq }: Visit): boolean {
  const { sync } = useSession();
  const { status, items, hasOlder, olderStatus } = timeline;
  const [pages, setPages] = useState(0);
  const [shown, setShown] = useState(false);
  const oldest = items.find((item) => item.type === 'entry');
  const isHeld = !hasOlder || oldest?.type !== 'entry' || readSeq === null || oldest.entry.rev <= readSeq;
  const reached = shown || isHeld || pages >= pagesMax || olderStatus === 'failed';
  const wantsOlder = status === 'ready' && !reached && olderStatus === 'idle';
  useEffect(() => {
    if (!wantsOlder) return;
    setPages((loaded) => loaded + 1);
    sync.loadOlder(conversationId);
  }, [sync, conversationId, wantsOlder, items]);
  useEffect(() => {
    if (status === 'ready' && reached) setShown(true);
  }, [status, reached]);
  return reached;
}
