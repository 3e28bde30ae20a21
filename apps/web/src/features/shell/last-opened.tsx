'use client';
import { useEffect, useRef } from 'react';
import { conversationHref, usePlace } from '../../lib/navigation.ts';
import { usePhone } from '../../lib/use-phone.ts';
import { keepLastConversation, lastConversation } from '../conversations/last-conversation.ts';
import { useSession } from './use-session.ts';

/**
 * Keeps which conversation is open, and opens it again where the page was loaded without one and has room beside the
 * list. Once: whoever leaves a conversation, or goes back to the start, wants none.
 */
export function LastOpened(): null {
  const { sync, account } = useSession();
  const { page, conversationId } = usePlace();
  const isPhone = usePhone();
  const isOver = useRef(false);
  useEffect(() => {
    if (conversationId !== null) keepLastConversation(account.id, conversationId);
  }, [account.id, conversationId]);
  useEffect(() => {
    const last = lastConversation(account.id);
    if (page !== 'home' || isPhone || last === null) isOver.current = true;
    if (isOver.current || last === null) return;
    const look = () => {
      const { rows, status } = sync.conversations.get();
      const isThere = rows.some(({ conversation }) => conversation.id === last);
      if (isOver.current || (!isThere && status !== 'ready')) return;
      isOver.current = true;
      // In place of this entry: Back leads to where one came from.
      if (isThere) history.replaceState(null, '', conversationHref(last));
    };
    look();
    return sync.conversations.subscribe(look);
  }, [sync, account.id, page, isPhone]);
  return null;
}
