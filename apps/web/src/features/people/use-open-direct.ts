'use client';
import { useCallback } from 'react';
import { conversationHref, goTo, type Section } from '../../lib/navigation.ts';
import { useCall } from '../../lib/use-call.ts';
import { focusComposerOnOpen } from '../messages/composer-focus.ts';
import { useNotifications } from '../shell/toasts-provider.tsx';
import { useSession } from '../shell/use-session.ts';

/** Opens the direct conversation with somebody, ready to type; the server makes it the first time. */
export function useOpenDirect(section: Section = 'chats'): (userId: string) => void {
  const { sync } = useSession();
  const { notifyFailure } = useNotifications();
  const { mutateAsync } = useCall((client) => client.conversations.openDirect);
  return useCallback(
    (userId) => {
      const open = async () => {
        const held = sync.conversations
          .get()
          .rows.find(({ conversation }) => conversation.peer?.id === userId);
        const id = held?.conversation.id ?? (await mutateAsync({ userId })).id;
        // Held before it is shown: the composer is there at once, and no key that is pressed goes nowhere.
        if (!held) await sync.fetchConversation(id);
        focusComposerOnOpen(id);
        goTo(conversationHref(id, section));
      };
      open().catch(notifyFailure);
    },
    [sync, mutateAsync, section, notifyFailure],
  );
}
