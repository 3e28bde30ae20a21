'use client';
import { useCallback, useMemo } from 'react';
import { useStore } from '../../lib/use-store.ts';
import { useNotifications } from '../shell/toasts-provider.tsx';
import { useSession } from '../shell/use-session.ts';

/** Whether the reader blocked somebody. */
export function useBlocked(userId: string): boolean {
  const { blocked } = useSession();
  return useStore(useMemo(() => blocked.of(userId), [blocked, userId])) === true;
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
