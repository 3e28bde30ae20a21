'use client';
import { useEffect, useMemo, useRef } from 'react';
import { limits } from '@confab/contract';
import { Composer } from '@confab/ui';
import { text } from '../../lib/text.ts';
import { useStore } from '../../lib/use-store.ts';
import { conversationName } from '../conversations/use-conversation-avatar.ts';
import type { ConversationInfo } from '../conversations/use-conversation.ts';
import { useSession } from '../shell/use-session.ts';
import { takesFocusOnOpen } from './composer-focus.ts';

/** Writes into a conversation. What is not sent stays as its draft. */
export function MessageComposer({ conversation }: { conversation: ConversationInfo }) {
  const { sync, drafts } = useSession();
  const { id } = conversation;
  const draft = useStore(useMemo(() => drafts.at(id), [drafts, id])) ?? '';
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (takesFocusOnOpen(id)) field.current?.focus();
  }, [id]);
  return (
    <Composer
      label={text.conversation.messageTo(conversationName(conversation))}
      inputRef={field}
      value={draft}
      maxLength={limits.textLengthMax}
      onChange={(value) => {
        drafts.write(id, value);
      }}
      onSend={() => {
        drafts.write(id, '');
        // Blank lines around a message are slips of the hand.
        sync.send(id, draft.replace(/^\s*\n|\s+$/g, ''));
      }}
    />
  );
}
