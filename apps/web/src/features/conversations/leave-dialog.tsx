'use client';
import { ConfirmDialog } from '@confab/ui';
import { failureText } from '../../lib/failure-text.ts';
import { goTo, sectionHref, usePlace } from '../../lib/navigation.ts';
import { text } from '../../lib/text.ts';
import { useCall } from '../../lib/use-call.ts';
import { useRefreshRooms } from '../rooms/use-rooms.ts';
import { detailsText } from './details-text.ts';
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
  const refreshRooms = useRefreshRooms();
  const leave = useCall((client) => client.conversations.leave, {
    onSuccess: () => {
      onClose();
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
