'use client';
import { memo } from 'react';
import { ConversationStart, DateSeparator, NewDivider } from '@confab/ui';
import { dayLabel } from '../../lib/dates.ts';
import { text } from '../../lib/text.ts';
import { useToday } from '../../lib/use-today.ts';
import { detailsText } from '../conversations/details-text.ts';
import { conversationName, useConversationAvatar } from '../conversations/use-conversation-avatar.ts';
import type { ConversationInfo } from '../conversations/use-conversation.ts';
import { SystemRow } from './system-row.tsx';
import type { OpenDialog } from './message-dialogs.tsx';
import { TimelineMessage } from './timeline-message.tsx';
import type { Row } from './timeline-rows.ts';

export interface TimelineRowProps {
  row: Row | undefined;
  conversation: ConversationInfo;
  onEdit: (text: string) => void;
  open: (dialog: OpenDialog) => void;
}

/** One row of the timeline, whatever it is. It renders when it changes, not when others come. */
export const TimelineRow = memo(function TimelineRow(props: TimelineRowProps) {
  const { row, conversation, onEdit, open } = props;
  switch (row?.type) {
    case undefined:
      return null;
    case 'start':
      return <Start conversation={conversation} />;
    case 'day':
      return <Day day={row.day} />;
    case 'new':
      return <NewDivider />;
    case 'system':
      return <SystemRow entry={row.entry} kind={conversation.kind} />;
    case 'message':
      return (
        <TimelineMessage
          item={row.item}
          first={row.first}
          last={row.last}
          seenLine={row.seenLine}
          conversation={conversation}
          onEdit={onEdit}
          open={open}
        />
      );
  }
});

function Day({ day }: { day: string }) {
  return <DateSeparator iso={day}>{dayLabel(day, useToday())}</DateSeparator>;
}

const starts = {
  direct: text.conversation.startDirect,
  group: text.conversation.startGroup,
  room: text.conversation.startRoom,
};

const startOf = ({ kind, visibility }: ConversationInfo) =>
  kind === 'room' && visibility === 'private' ? detailsText.startPrivate : starts[kind];

function Start({ conversation }: { conversation: ConversationInfo }) {
  const avatar = useConversationAvatar(conversation);
  return <ConversationStart avatar={avatar} text={startOf(conversation)(conversationName(conversation))} />;
}
