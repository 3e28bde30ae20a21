'use client';
import type { User } from '@confab/contract';
import { ConfirmDialog } from '@confab/ui';
import { failureText } from '../../lib/failure-text.ts';
import { text } from '../../lib/text.ts';
import { trpc } from '../../lib/trpc.ts';
import { useRefreshMembers } from './use-members.ts';

export interface RemoveMemberDialogProps {
  conversationId: string;
  user: User;
  kind: 'remove' | 'ban';
  onClose: () => void;
}

/** Asks before somebody is put out. */
export function RemoveMemberDialog({ conversationId, user, kind, onClose }: RemoveMemberDialogProps) {
  const refreshMembers = useRefreshMembers(conversationId);
  const options = {
    onSuccess: () => {
      onClose();
      refreshMembers();
    },
  };
  const remove = trpc.members.remove.useMutation(options);
  const ban = trpc.members.ban.useMutation(options);
  const mutation = kind === 'ban' ? ban : remove;
  const { removeTitle, removeText, removeConfirm, banTitle, banText, banConfirm } = text.conversation;
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={kind === 'ban' ? banTitle(user.name) : removeTitle(user.name)}
      text={kind === 'ban' ? banText : removeText}
      confirmLabel={kind === 'ban' ? banConfirm : removeConfirm}
      busy={mutation.isPending}
      error={mutation.error && failureText(mutation.error)}
      onConfirm={() => {
        mutation.mutate({ conversationId, userId: user.id });
      }}
    />
  );
}
