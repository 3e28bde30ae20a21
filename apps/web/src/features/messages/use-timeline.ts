'use client';
import { useEffect } from 'react';
import type { Timeline } from '@confab/sync';
import { useStore } from '../../lib/use-store.ts';
import { useSession } from '../shell/use-session.ts';

/** A conversation's timeline; its newest page is loaded when it is first looked at. */
export function useTimeline(conversationId: string): Timeline {
  const { sync } = useSession();
  useEffect(() => {
    sync.openTimeline(conversationId);
  }, [sync, conversationId]);
  return useStore(sync.timeline(conversationId));
}
