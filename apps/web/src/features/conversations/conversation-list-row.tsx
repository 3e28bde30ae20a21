'use client';
import { memo, useMemo } from 'react';
import type { ConversationRow as Row } from '@confab/sync';
import { ConversationRow, type MenuOpening } from '@confab/ui';
import { listTime } from '../../lib/dates.ts';
import { conversationHref, type Section } from '../../lib/navigation.ts';
import { text } from '../../lib/text.ts';
import { useStore } from '../../lib/use-store.ts';
import { useToday } from '../../lib/use-today.ts';
import { useTypingText } from '../messages/use-typing-text.ts';
import { useDelivery } from '../messages/use-watermarks.ts';
import { useBlocked } from '../people/use-blocked.ts';
import { useUser } from '../people/use-user.ts';
import { useSession } from '../shell/use-session.ts';
import { listText } from './list-text.ts';
import { ownLastSeq, previewLine, previewSenderId } from './preview.ts';
import { useConversationAvatar } from './use-conversation-avatar.ts';

export interface ConversationListRowProps {
  row: Row;
  current: boolean;
  section: Section;
  onMenu: (row: Row, opening: MenuOpening) => void;
}

/** One conversation of the side bar. It renders when its own row changes, not when the list does. */
export const ConversationListRow = memo(function ConversationListRow(props: ConversationListRowProps) {
  const { row, current, section, onMenu } = props;
  const { account, drafts } = useSession();
  const { conversation } = row;
  const { pinned, muted } = conversation.preferences;
  const avatar = useConversationAvatar(conversation);
  const authorId = previewSenderId(row, account.id);
  const draft = useStore(useMemo(() => drafts.at(conversation.id), [drafts, conversation.id]));
  const author = useUser(authorId ?? account.id);
  const fromBlocked = useBlocked(authorId ?? '');
  const today = useToday();
  // Told of direct chats only: in a group it takes a dozen marks to say one word.
  const ownSeq = conversation.kind === 'direct' ? ownLastSeq(row, account.id) : null;
  const delivery = useDelivery(ownSeq === null ? null : conversation, ownSeq ?? 0);
  return (
    <ConversationRow
      href={conversationHref(conversation.id, section)}
      avatar={avatar}
      current={current}
      preview={previewLine(row, {
        author: authorId === null ? undefined : authorId === account.id ? text.you : author?.name,
        fromBlocked,
        draft,
        typing: useTypingText(conversation.id),
        delivery: ownSeq === null ? undefined : (delivery ?? undefined),
        current,
      })}
      unread={row.unread}
      pinned={pinned}
      muted={muted}
      menu={{
        label: listText.actions(avatar.name),
        onOpen: (opening) => {
          onMenu(row, opening);
        },
      }}
      time={{ text: listTime(row.lastActivityAt, today), iso: row.lastActivityAt }}
    />
  );
});
