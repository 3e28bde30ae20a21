'use client';
import { ConfirmDialog } from '@confab/ui';
import { failureText } from '../../lib/failure-text.ts';
import { goTo, sectionHref, usePlace } from '../../lib/navigation.ts';
import { text } from '../../lib/text.ts';
import { useCall } from '../../lib/use-call.ts';
import { useRefreshRooms } from '../rooms/use-rooms.ts';
import { useSession } from '../shell/use-session.ts';
import { detailsText } from './details-text.ts';
import { forgetLastConversation } from './last-conversation.ts';
import { conversationName } from './use-conversation-avatar.ts';
import type { ConversationInfo } from './use-conversation.ts';

function consequence({ kind, visibility }: ConversationInfo): string {
  if (kind !== 'room') return text.conversation.leaveGroup;
  return visibility === 'private' ? detailsText.leavePrivate : text.conversation.leaveRoom;
}

/** Asks before one leaves. */
export function LeaveDialog({
  conversation,
  onClose,
}: {
  conversation: ConversationInfo;
  onClose: () => void;
}) {
  const { section } = usePlace();
  const { account } = useSession();
  const refreshRooms = useRefreshRooms();
  const leave = useCall((client) => client.conversations.leave, {
    onSuccess: () => {
      onClose();
      // Now: a reload may come before this device hears that it left, and the row would still be there.
      forgetLastConversation(account.id);
      goTo(sectionHref(section));
      refreshRooms();
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={text.conversation.leaveTitle(conversationName(conversation))}
      text={consequence(conversation)}
      confirmLabel={text.conversation.leave}
      busy={leave.isPending}
      error={leave.error && failureText(leave.error)}
      onConfirm={() => {
        leave.mutate({ conversationId: conversation.id });
      }}
    />
  );
}
