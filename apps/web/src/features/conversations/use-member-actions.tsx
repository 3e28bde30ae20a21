'use client';
import {
  Ban,
  Crown,
  MessageCircle,
  ShieldCheck,
  ShieldMinus,
  UserMinus,
  Volume2,
  VolumeX,
} from 'lucide-react';
import type { Member, MemberRole } from '@confab/contract';
import type { MenuItem } from '@confab/ui';
import { text } from '../../lib/text.ts';
import { useOpenDirect } from '../people/use-open-direct.ts';
import { useSession } from '../shell/use-session.ts';
import { detailsText } from './details-text.ts';
import { mayModerateMember, maySetRoles } from './may.ts';
import { useChangeMember } from './use-members.ts';
import type { ConversationInfo } from './use-conversation.ts';

/** What is asked about before it is done. */
export type MemberDialogKind = 'silence' | 'owner' | 'remove' | 'ban';

export interface MemberActionsOptions {
  readonly member: Member;
  readonly conversation: ConversationInfo;
  /** A moderator keeps them from writing. */
  readonly silenced: boolean;
  readonly open: (dialog: MemberDialogKind) => void;
}

/** The entries of a member's menu, by what the reader's role allows. */
export function useMemberActions(options: MemberActionsOptions): MenuItem[] {
  const { member, conversation } = options;
  const { user } = member;
  const openDirect = useOpenDirect();
  const roles = useRoleItems(options);
  const moderation = useModerationItems(options);
  const items: MenuItem[] = [
    {
      label: text.conversation.writeTo,
      icon: <MessageCircle size={16} aria-hidden />,
      onSelect: () => {
        openDirect(user.id);
      },
    },
  ];
  if (maySetRoles(conversation)) items.push('separator', ...roles);
  if (mayModerateMember(conversation, member)) items.push('separator', ...moderation);
  return items;
}

function useRoleItems({ member, conversation, open }: MemberActionsOptions): MenuItem[] {
  const { client } = useSession();
  const change = useChangeMember(conversation.id);
  const userId = member.user.id;
  const setRole = (role: MemberRole) => () => {
    change({
      userId,
      patch: { role },
      call: () => client.members.setRole.mutate({ conversationId: conversation.id, userId, role }),
    });
  };
  return [
    member.role === 'moderator'
      ? {
          label: detailsText.makeMember,
          icon: <ShieldMinus size={16} aria-hidden />,
          onSelect: setRole('member'),
        }
      : {
          label: detailsText.makeModerator,
          icon: <ShieldCheck size={16} aria-hidden />,
          onSelect: setRole('moderator'),
        },
    {
      label: detailsText.makeOwner,
      icon: <Crown size={16} aria-hidden />,
      onSelect: () => {
        open('owner');
      },
    },
  ];
}

function useModerationItems({ member, conversation, silenced, open }: MemberActionsOptions): MenuItem[] {
  const { client } = useSession();
  const change = useChangeMember(conversation.id);
  const userId = member.user.id;
  const opens = (dialog: MemberDialogKind) => () => {
    open(dialog);
  };
  const lift = () => {
    change({
      userId,
      patch: { silencedUntil: null },
      call: () => client.members.silence.mutate({ conversationId: conversation.id, userId, minutes: 0 }),
    });
  };
  const items: MenuItem[] = [
    silenced
      ? { label: detailsText.lift, icon: <Volume2 size={16} aria-hidden />, onSelect: lift }
      : {
          label: detailsText.silence,
          icon: <VolumeX size={16} aria-hidden />,
          onSelect: opens('silence'),
        },
    {
      label: text.conversation.remove,
      icon: <UserMinus size={16} aria-hidden />,
      danger: true,
      onSelect: opens('remove'),
    },
  ];
  if (conversation.kind === 'room') {
    items.push({
      label: text.conversation.ban,
      icon: <Ban size={16} aria-hidden />,
      danger: true,
      onSelect: opens('ban'),
    });
  }
  return items;
}
