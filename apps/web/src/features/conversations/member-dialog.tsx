'use client';
import { useMutation } from '@tanstack/react-query';
import type { User } from '@confab/contract';
import { ConfirmDialog } from '@confab/ui';
import { failureText } from '../../lib/failure-text.ts';
import { text } from '../../lib/text.ts';
import type { Client } from '../../lib/client.ts';
import { useSession } from '../shell/use-session.ts';
import { detailsText } from './details-text.ts';
import { SilenceDialog } from './silence-dialog.tsx';
import type { MemberDialogKind } from './use-member-actions.tsx';
import { useRefreshMembers } from './use-members.ts';
import type { ConversationInfo } from './use-conversation.ts';

export interface MemberDialogProps {
  kind: MemberDialogKind;
  conversation: ConversationInfo;
  user: User;
  onClose: () => void;
}

/** Asks before something is done with a member. */
export function MemberDialog({ kind, ...props }: MemberDialogProps) {
  return kind === 'silence' ? <SilenceDialog {...props} /> : <MemberConfirm kind={kind} {...props} />;
}

type ConfirmKind = Exclude<MemberDialogKind, 'silence'>;

const { removeTitle, removeText, removeConfirm, banTitle, banText, banConfirm } = text.conversation;
const { handOverTitle, handOverText, handOverConfirm } = detailsText;

const questions: Record<
  ConfirmKind,
  { title: (name: string) => string; text: (name: string) => string; confirm: string }
> = {
  remove: { title: removeTitle, text: () => removeText, confirm: removeConfirm },
  ban: { title: banTitle, text: () => banText, confirm: banConfirm },
  owner: { title: handOverTitle, text: handOverText, confirm: handOverConfirm },
};

function perform(client: Client, kind: ConfirmKind, member: { conversationId: string; userId: string }) {
  switch (kind) {
    case 'remove':
      return client.members.remove.mutate(member);
    case 'ban':
      return client.members.ban.mutate(member);
    case 'owner':
      return client.members.setRole.mutate({ ...member, role: 'owner' });
  }
}

function MemberConfirm({ kind, conversation, user, onClose }: MemberDialogProps & { kind: ConfirmKind }) {
  const { client, sync } = useSession();
  const refreshMembers = useRefreshMembers(conversation.id);
  const conversationId = conversation.id;
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => perform(client, kind, { conversationId, userId: user.id }),
    onSuccess: () => {
      onClose();
      refreshMembers();
      // One's own role is another one: what it allows is shown from what is held.
      if (kind === 'owner') sync.fetchConversation(conversationId).catch(() => undefined);
    },
  });
  const question = questions[kind];
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={question.title(user.name)}
      text={question.text(user.name)}
      confirmLabel={question.confirm}
      variant={kind === 'owner' ? 'primary' : 'danger'}
      busy={isPending}
      error={error && failureText(error)}
      onConfirm={() => {
        mutate();
      }}
    />
  );
}
