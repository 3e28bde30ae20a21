'use client';
import { useEffect, useMemo } from 'react';
import type { Stretch, Timeline } from '@confab/sync';
import { useStore } from '../../lib/use-store.ts';
import { useSession } from '../shell/use-session.ts';

/** What a list of messages shows: the timeline, up to its end, or a stretch of what lies before. */
export interface ShownTimeline extends Timeline {
  /** Messages lie between the last item and the end. */
  readonly hasNewer: boolean;
  readonly newerStatus: Stretch['newerStatus'];
  readonly stretchStatus: Stretch['status'];
  /** Of the message that was written last and is still on its way. */
  readonly sentKey: string | null;
}

function shownOf(timeline: Timeline, stretch: Stretch): ShownTimeline {
  const { status: stretchStatus, newerStatus, items, low, hasOlder } = stretch;
  const hasNewer = stretchStatus === 'ready';
  const last = timeline.items.at(-1);
  const sentKey = last?.type === 'outgoing' ? last.key : null;
  const shown = hasNewer ? { ...timeline, items, low, hasOlder } : timeline;
  return { ...shown, hasNewer, newerStatus, stretchStatus, sentKey };
}

/** What is shown of a conversation; its newest page is loaded when it is first looked at. */
export function useTimeline(conversationId: string): ShownTimeline {
  const { sync } = useSession();
  useEffect(() => {
    sync.openTimeline(conversationId);
  }, [sync, conversationId]);
  const timeline = useStore(sync.timeline(conversationId));
  const stretch = useStore(sync.stretch(conversationId));
  return useMemo(() => shownOf(timeline, stretch), [timeline, stretch]);
}
