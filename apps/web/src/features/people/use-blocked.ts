'use client';
import { useCallback, useMemo } from 'react';
import { useSelected, useStore } from '../../lib/use-store.ts';
import type { ConversationInfo } from '../conversations/use-conversation.ts';
import { useNotifications } from '../shell/toasts-provider.tsx';
import { useSession } from '../shell/use-session.ts';

/** Whether the reader blocked somebody. */
export function useBlocked(userId: string): boolean {
  const { blocked } = useSession();
  return useStore(useMemo(() => blocked.of(userId), [blocked, userId])) === true;
}

/** Whether the reader blocked the other one of a direct conversation: as its row tells, until it is known of everybody. */
export function usePeerBlocked({
  peer,
  peerBlocked,
}: Pick<ConversationInfo, 'peer' | 'peerBlocked'>): boolean {
  const { blocked } = useSession();
  return useSelected(blocked.ids, (ids) => (ids && peer ? ids.has(peer.id) : peerBlocked));
}

/** Lets somebody write again; seen at once. */
export function useUnblock(): (userId: string) => void {
  const { blocked } = useSession();
  const { notifyFailure } = useNotifications();
  return useCallback(
    (userId) => void blocked.change(userId, false).catch(notifyFailure),
    [blocked, notifyFailure],
  );
}
