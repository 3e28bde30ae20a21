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
import { useConversationList } from './use-conversation-list.ts';
import { useConversation } from './use-conversation.ts';

export interface ConversationPaneProps {
  conversationId: string;
  details: DetailsPane;
}

/** An open conversation; or why there is none at this address. */
export function ConversationPane({ conversationId, details }: ConversationPaneProps) {
  const conversation = useConversation(conversationId);
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
      ) : (
        <AbsentConversation conversationId={conversationId} />
      )}
    </>
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
