'use client';
import { useCallback } from 'react';
import type { Conversation } from '@confab/contract';
import { conversationHref, goTo, type Section } from '../../lib/navigation.ts';
import { focusComposerOnOpen } from '../messages/composer-focus.ts';
import { useSession } from '../shell/use-session.ts';

/** Goes into a conversation that has just been made or joined. */
export function useEnterConversation(): (conversation: Conversation, section?: Section) => Promise<void> {
  const { sync } = useSession();
  return useCallback(
    async ({ id }, section) => {
      // Held before it is shown, so that the composer is there at once. The pane itself tells of a failure.
      await sync.fetchConversation(id).catch(() => undefined);
      focusComposerOnOpen(id);
      goTo(conversationHref(id, section));
    },
    [sync],
  );
}
