'use client';
import { ConfirmDialog } from '@confab/ui';
import { text } from '../../lib/text.ts';
import { conversationName } from '../conversations/use-conversation-avatar.ts';
import { useSession } from '../shell/use-session.ts';
import type { MessageDialogProps } from './message-dialogs.tsx';

/** Asks before a message goes for everybody. */
export function DeleteDialog({ entry, conversation, onClose }: MessageDialogProps) {
  const { sync } = useSession();
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={text.message.deleteTitle}
      text={
        conversation.peer
          ? text.message.deleteDirect(conversation.peer.name)
          : text.message.deleteText(conversationName(conversation))
      }
      confirmLabel={text.message.deleteConfirm}
      onConfirm={() => {
        onClose();
        sync.remove(conversation.id, entry.id);
      }}
    />
  );
}
