'use client';
import { ErrorState, MessageColumn, MessageLog, MessageSkeleton } from '@confab/ui';
import { text } from '../../lib/text.ts';
import type { ConversationInfo } from '../conversations/use-conversation.ts';
import { useSession } from '../shell/use-session.ts';
import { MessageList } from './message-list.tsx';
import { usePlace } from './use-place.ts';
import { useTimeline } from './use-timeline.ts';
import { useVisit } from './use-visit.ts';

/** The messages of a conversation: loading, failed, or there. */
export function MessageTimeline({ conversation }: { conversation: ConversationInfo }) {
  const { sync } = useSession();
  const timeline = useTimeline(conversation.id);
  const visit = useVisit(conversation.id);
  const place = usePlace(conversation.id, timeline, visit);
  if (timeline.status === 'failed') {
    return (
      <ErrorState
        title={text.messages.loadFailed}
        text={timeline.error?.message}
        onRetry={() => {
          sync.openTimeline(conversation.id);
        }}
      />
    );
  }
  if (timeline.status === 'ready' && place.isReached) {
    return (
      <MessageList
        key={place.number}
        conversation={conversation}
        timeline={timeline}
        visit={visit}
        place={place}
      />
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
