'use client';
import { useCallback, useEffect, useState } from 'react';
import { useStore } from '../../lib/use-store.ts';
import { useSession } from '../shell/use-session.ts';
import { isUnreadItem } from './timeline-rows.ts';
import type { ShownTimeline } from './use-timeline.ts';
import type { Visit } from './use-visit.ts';

/** Where the list of messages begins. */
export interface Place {
  /** The list can be shown; one that was shown stays. */
  readonly isReached: boolean;
  /** Everything between what was read before and what is shown is held: what is seen of it counts as read. */
  readonly isWhole: boolean;
  /** Another list begins with another number. */
  readonly number: number;
  /** The reader wants the end, whatever they pass over. */
  readonly leave: () => void;
}

/**
 * Brings where the new messages begin, so that the list opens there. Where that cannot be had, the list opens at its
 * end, and once more when the connection is back.
 */
export function usePlace(conversationId: string, timeline: ShownTimeline, visit: Visit): Place {
  const { sync, account } = useSession();
  const { status, items, low, hasOlder, stretchStatus } = timeline;
  const { begun, readSeq } = visit;
  const isOnline = useStore(sync.connection) === 'online';
  const [leftOn, setLeftOn] = useState<Visit | null>(null);
  const [shown, setShown] = useState({ isShown: false, isWhole: false, number: 0 });
  const isHeld = readSeq === null || !hasOlder || low <= readSeq + 1;
  const isLeft = leftOn === visit;
  const isThere = readSeq === null || items.some((item) => isUnreadItem(item, readSeq, account.id));
  // What the server counted may still be on its way; once heads were compared, it is there or gone.
  const isReady = isHeld ? isThere || isOnline : isLeft || stretchStatus === 'failed';
  const isReached = shown.isShown || (status === 'ready' && begun && isReady);
  const isMissing = status === 'ready' && begun && !isHeld && !isLeft;

  const wantsStretch = isMissing && stretchStatus === 'closed';
  useEffect(() => {
    if (wantsStretch) sync.openStretch(conversationId, readSeq);
  }, [sync, conversationId, wantsStretch, readSeq]);
  useEffect(() => {
    if (isOnline && isMissing && stretchStatus === 'failed') sync.openStretch(conversationId, readSeq);
    // Once per connection: what failed for another reason is not asked for again and again.
  }, [isOnline]);

  const isWhole = isHeld || isLeft;
  if (isReached && (!shown.isShown || (isHeld && !shown.isWhole))) {
    const isAgain = shown.isShown && stretchStatus === 'ready';
    setShown({ isShown: true, isWhole: isHeld, number: shown.number + (isAgain ? 1 : 0) });
  }
  const leave = useCallback(() => {
    setLeftOn(visit);
    sync.closeStretch(conversationId);
  }, [sync, conversationId, visit]);
  return { isReached, isWhole, number: shown.number, leave };
}
