'use client';
import { useRef } from 'react';
import { DetailsBody, DetailsHeader } from '@confab/ui';
import { lazy } from '../../lib/lazy.tsx';
import type { ConversationInfo } from './use-conversation.ts';

// The chat itself comes first.
const GroupDetails = lazy(async () => (await import('./group-details.tsx')).GroupDetails);
const PersonDetails = lazy(async () => (await import('./person-details.tsx')).PersonDetails);

/** What there is to know and to do about the open conversation. */
export function ConversationDetails({
  conversation,
  onClose,
}: {
  conversation: ConversationInfo;
  onClose: () => void;
}) {
  const scrollRef = useRef<HTMLDivElement>(null);
  return (
    <>
      <DetailsHeader onClose={onClose} />
      <DetailsBody scrollRef={scrollRef}>
        {conversation.peer ? (
          <PersonDetails conversation={conversation} peer={conversation.peer} />
        ) : (
          <GroupDetails conversation={conversation} scrollRef={scrollRef} />
        )}
      </DetailsBody>
    </>
  );
}
