'use client';
import { useCallback } from 'react';
import type { UpdateConversationInput } from '@confab/contract';
import { useSession } from '../shell/use-session.ts';

/**
 * Changes settings. Resolves once this page holds them, so that whatever showed the new value before can let go of it
 * without a flash of the old one.
 */
export function useUpdateConversation(
  conversationId: string,
): (settings: Omit<UpdateConversationInput, 'conversationId'>) => Promise<void> {
  const { client, sync } = useSession();
  return useCallback(
    async (settings) => {
      await client.conversations.update.mutate({ ...settings, conversationId });
      // It is stored: the live entry brings it, should this answer get lost.
      await sync.fetchConversation(conversationId).catch(() => undefined);
    },
    [client, sync, conversationId],
  );
}
