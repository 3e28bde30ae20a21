'use client';
import { useEffect } from 'react';
import { conversationHref, goTo, type Place } from '../../lib/navigation.ts';
import { useSession } from './use-session.ts';

/** Alt with the arrows goes to the conversation above or below, in the order of the list. */
export function useConversationKeys({ conversationId, section }: Place): void {
  const { sync, order } = useSession();
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (step === undefined || !event.altKey || event.shiftKey || event.ctrlKey || event.metaKey) return;
      // Behind a dialog nothing moves.
      if (document.querySelector('[role=dialog], [role=alertdialog]')) return;
      const listed = order.sections(sync.conversations.get().rows, conversationId);
      const rows = listed.flatMap((part) => part.rows);
      const index = rows.findIndex(({ conversation }) => conversation.id === conversationId);
      const next = rows[index === -1 ? 0 : index + step];
      if (!next) return;
      event.preventDefault();
      goTo(conversationHref(next.conversation.id, section));
    }
    addEventListener('keydown', onKeyDown);
    return () => {
      removeEventListener('keydown', onKeyDown);
    };
  }, [sync, order, conversationId, section]);
}
