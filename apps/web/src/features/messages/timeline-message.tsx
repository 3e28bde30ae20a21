'use client';
import type { OutgoingMessage } from '@confab/sync';
import { MessageRow, MessageText } from '@confab/ui';
import { text } from '../../lib/text.ts';
import type { ConversationInfo } from '../conversations/use-conversation.ts';
import { useConnection } from '../shell/use-connection.ts';
import { useSession } from '../shell/use-session.ts';
import type { OpenDialog } from './message-dialogs.tsx';
import { StoredMessage } from './stored-message.tsx';
import type { MessageRowData } from './timeline-rows.ts';
import { useRowTime } from './use-row-time.ts';

export interface TimelineMessageProps extends Pick<MessageRowData, 'item' | 'first' | 'last' | 'seenLine'> {
  conversation: ConversationInfo;
  /** Takes a failed message's text back into the composer. */
  onEdit: (text: string) => void;
  /** Opens one of the dialogs about a message. */
  open: (dialog: OpenDialog) => void;
}

/** One message, stored or on its way. */
export function TimelineMessage({ item, seenLine, open, ...props }: TimelineMessageProps) {
  if (item.type === 'outgoing') return <Outgoing message={item.message} {...props} />;
  const { entry, changing } = item;
  return (
    entry.kind === 'message' && (
      <StoredMessage {...props} entry={entry} changing={changing} seenLine={seenLine} open={open} />
    )
  );
}

type OutgoingProps = Omit<TimelineMessageProps, 'item' | 'seenLine' | 'open'> & { message: OutgoingMessage };

function Outgoing({ message, conversation, first, last, onEdit }: OutgoingProps) {
  const { account, sync } = useSession();
  const waiting = useConnection() !== 'online' && message.state !== 'failed';
  const discard = () => sync.discard(conversation.id, message.clientId);
  const failure = message.state === 'failed' && {
    reason: text.messages.notSent(message.error?.message ?? text.tryAgain),
    onRetry: () => {
      sync.retry(conversation.id, message.clientId);
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
      time={useRowTime(message.createdAt)}
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
