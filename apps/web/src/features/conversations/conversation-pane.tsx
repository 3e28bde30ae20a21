'use client';
import { useEffect, useState } from 'react';
import { ConfabError } from '@confab/contract';
import {
  ButtonLink,
  ChatFoot,
  ConnectionBanner,
  EmptyState,
  ErrorState,
  MessageColumn,
  MessageLog,
  MessageSkeleton,
  type DetailsPane,
} from '@confab/ui';
import { sectionHref, usePlace } from '../../lib/navigation.ts';
import { text } from '../../lib/text.ts';
import { MessageComposer } from '../messages/message-composer.tsx';
import { MessageTimeline } from '../messages/message-timeline.tsx';
import { OpenTypingLine } from '../messages/open-typing-line.tsx';
import { StorageBanner } from '../shell/storage-banner.tsx';
import { useConnectionBanner } from '../shell/use-connection.ts';
import { useSession } from '../shell/use-session.ts';
import { ConversationHeader } from './conversation-header.tsx';
import { detailsText } from './details-text.ts';
import { conversationName } from './use-conversation-avatar.ts';
import { useConversationList } from './use-conversation-list.ts';
import { useConversation, type ConversationInfo } from './use-conversation.ts';

export interface ConversationPaneProps {
  conversationId: string;
  details: DetailsPane;
}

/** An open conversation; or why there is none at this address. */
export function ConversationPane({ conversationId, details }: ConversationPaneProps) {
  const conversation = useConversation(conversationId);
  // While the list is learned anew nothing is lost.
  const { status } = useConversationList();
  const last = useLost(conversation);
  const lost = status === 'ready' ? last : null;
  const banner = useConnectionBanner();
  return (
    <>
      {conversation && <ConversationHeader conversation={conversation} details={details} />}
      {banner && <ConnectionBanner state={banner} />}
      <StorageBanner />
      {conversation ? (
        <>
          <MessageTimeline conversation={conversation} />
          <ChatFoot>
            <OpenTypingLine conversationId={conversation.id} />
            <MessageComposer conversation={conversation} />
          </ChatFoot>
        </>
      ) : lost === null ? (
        <AbsentConversation conversationId={conversationId} />
      ) : (
        <LostConversation lost={lost} />
      )}
    </>
  );
}

/** The conversation that was open here until it was taken away; null as long as it is there, or never was. */
function useLost(conversation: ConversationInfo | null): ConversationInfo | null {
  const [last, setLast] = useState(conversation);
  if (conversation !== null && conversation !== last) setLast(conversation);
  return conversation === null ? last : null;
}

/** Says that one is out. What was read here is gone from the screen, as it is from the device. */
function LostConversation({ lost }: { lost: ConversationInfo }) {
  const { section } = usePlace();
  return (
    <EmptyState
      as="main"
      title={detailsText.lost(conversationName(lost))}
      text={detailsText.lostHint}
      actions={
        <>
          <ButtonLink href={sectionHref(section)}>{text.conversation.backToChats}</ButtonLink>
          {lost.kind === 'room' && lost.visibility === 'public' && (
            <ButtonLink variant="ghost" href="/rooms/all">
              {detailsText.findRooms}
            </ButtonLink>
          )}
        </>
      }
    />
  );
}

/** Not in the list: on its way, gone, or never ours. The server is asked once the list is there. */
function AbsentConversation({ conversationId }: { conversationId: string }) {
  const { sync } = useSession();
  const { section } = usePlace();
  const { status } = useConversationList();
  const [problem, setProblem] = useState<'missing' | 'failed' | null>(null);
  const ask = status === 'ready' && problem === null;
  useEffect(() => {
    if (!ask) return;
    let current = true;
    sync.fetchConversation(conversationId).catch((error: unknown) => {
      const refused =
        error instanceof ConfabError && (error.code === 'NOT_FOUND' || error.code === 'BAD_INPUT');
      if (current) setProblem(refused ? 'missing' : 'failed');
    });
    return () => {
      current = false;
    };
  }, [sync, conversationId, ask]);

  if (problem === 'failed') {
    return (
      <ErrorState
        text={text.unreachable}
        onRetry={() => {
          setProblem(null);
        }}
      />
    );
  }
  if (problem === 'missing') {
    const back = <ButtonLink href={sectionHref(section)}>{text.conversation.backToChats}</ButtonLink>;
    return (
      <EmptyState as="main" title={text.conversation.gone} text={text.conversation.goneHint} actions={back} />
    );
  }
  return (
    <MessageLog>
      <MessageColumn>
        <MessageSkeleton />
      </MessageColumn>
    </MessageLog>
  );
}
