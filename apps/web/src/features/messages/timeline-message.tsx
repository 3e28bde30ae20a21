'use client';
import { useMemo } from 'react';
import type { MessageEntry } from '@confab/contract';
import type { OutgoingMessage } from '@confab/sync';
import { MessageRow, MessageText, type MessageRowProps } from '@confab/ui';
import { absoluteTime, timeOfDay } from '../../lib/dates.ts';
import { text } from '../../lib/text.ts';
import { useUser } from '../people/use-user.ts';
import { useConnection } from '../shell/use-connection.ts';
import { useSession } from '../shell/use-session.ts';
import type { MessageRowData } from './timeline-rows.ts';

export interface TimelineMessageProps extends Pick<MessageRowData, 'item' | 'first' | 'last'> {
  conversationId: string;
  /** Takes a failed message's text back into the composer. */
  onEdit: (text: string) => void;
}

function useTime(iso: string): MessageRowProps['time'] {
  return useMemo(() => ({ iso, text: timeOfDay(iso), title: absoluteTime(iso) }), [iso]);
}

/** One message, stored or on its way. */
export function TimelineMessage({ item, ...props }: TimelineMessageProps) {
  if (item.type === 'outgoing') return <Outgoing message={item.message} {...props} />;
  return item.entry.kind === 'message' && <Stored entry={item.entry} {...props} />;
}

type RowProps = Omit<TimelineMessageProps, 'item'>;

function Stored({ entry, first, last }: RowProps & { entry: MessageEntry }) {
  const { account } = useSession();
  const sender = useUser(entry.senderId);
  const own = entry.senderId === account.id;
  return (
    <MessageRow
      id={`message-${entry.id}`}
      sender={{ id: entry.senderId, name: sender?.name ?? '…' }}
      time={useTime(entry.createdAt)}
      first={first}
      last={last}
      own={own}
      delivery={own ? 'sent' : undefined}
    >
      <MessageText text={entry.text} />
    </MessageRow>
  );
}

function Outgoing({ message, conversationId, first, last, onEdit }: RowProps & { message: OutgoingMessage }) {
  const { account, sync } = useSession();
  const waiting = useConnection() !== 'online' && message.state !== 'failed';
  const discard = () => sync.discard(conversationId, message.clientId);
  const failure = message.state === 'failed' && {
    reason: text.messages.notSent(message.error?.message ?? text.tryAgain),
    onRetry: () => {
      sync.retry(conversationId, message.clientId);
    },
    onEdit: () => {
      const written = discard();
      if (written !== null) onEdit(written);
    },
    onDelete: discard,
  };
  return (
    <MessageRow
      sender={account}
      time={useTime(message.createdAt)}
      first={first}
      last={last}
      own
      delivery={waiting ? 'sending' : message.state}
      notice={waiting ? text.messages.waiting : undefined}
      failure={failure || undefined}
    >
      <MessageText text={message.text} />
    </MessageRow>
  );
}
