'use client';
import { useCallback } from 'react';
import type { PreferenceChange } from '@confab/sync';
import { useNotifications } from '../shell/toasts-provider.tsx';
import { useSession } from '../shell/use-session.ts';

/** Pins, mutes or hides a conversation in one's own list: seen at once, taken back with a toast when it is refused. */
export function useSetPreferences(): (conversationId: string, change: PreferenceChange) => void {
  const { sync } = useSession();
  const { notifyFailure } = useNotifications();
  return useCallback(
    (conversationId, change) => void sync.setPreferences(conversationId, change).catch(notifyFailure),
    [sync, notifyFailure],
  );
}
