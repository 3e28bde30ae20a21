'use client';
import { useEffect, useMemo, useReducer } from 'react';
import { useSelected } from '../../lib/use-store.ts';
import type { ConversationInfo } from '../conversations/use-conversation.ts';
import { useSession } from '../shell/use-session.ts';
import { lastSentMs, secondsToWait } from './slow-mode.ts';

const tickMs = 250;

/** Seconds until one may write again here; 0 without slow mode, and for those who are free of it. */
export function useSlowMode({ id, role, slowModeSeconds }: ConversationInfo): number {
  const { sync, account } = useSession();
  const timeline = useMemo(() => sync.timeline(id), [sync, id]);
  const pause = role === 'member' ? slowModeSeconds : 0;
  const sentMs = useSelected(timeline, (held) => (pause === 0 ? null : lastSentMs(held, account.id)));
  const [, tick] = useReducer((times: number) => times + 1, 0);
  const seconds = secondsToWait(sentMs, pause, Date.now());
  const waits = seconds > 0;
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(tick, tickMs);
    return () => {
      clearInterval(timer);
    };
  }, [waits]);
  return seconds;
}
