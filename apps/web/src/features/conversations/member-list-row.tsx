'use client';
import type { Member } from '@confab/contract';
import { Chip, MemberRow } from '@confab/ui';
import { text } from '../../lib/text.ts';
import { useToday } from '../../lib/use-today.ts';
import { useOpenProfile } from '../people/use-profile.ts';
import { usePresence } from '../people/use-user.ts';
import { useSession } from '../shell/use-session.ts';
import { detailsText } from './details-text.ts';
import { MemberMenu } from './member-menu.tsx';
import { untilText } from './until.ts';
import type { ConversationInfo } from './use-conversation.ts';
import { useUntil } from './use-until.ts';

export interface MemberListRowProps {
  member: Member;
  conversation: ConversationInfo;
}

/** One member: who they are, what they are here, and what one may do with them. A press opens their card. */
export function MemberListRow({ member, conversation }: MemberListRowProps) {
  const { user, role } = member;
  const { account } = useSession();
  const openProfile = useOpenProfile();
  const presence = usePresence(user.id);
  const silencedUntil = useUntil(member.silencedUntil);
  const today = useToday();
  const isOwn = user.id === account.id;
  return (
    <MemberRow
      avatar={{ id: user.id, name: user.name, kind: 'person', presence }}
      onOpen={() => {
        openProfile(user.id);
      }}
      role={
        <>
          {isOwn && text.yourself}
          {silencedUntil !== null && (
            <Chip title={detailsText.mutedUntil(untilText(silencedUntil, today))}>{detailsText.muted}</Chip>
          )}
          {role !== 'member' && <Chip>{text.conversation.role[role]}</Chip>}
        </>
      }
      action={
        isOwn ? undefined : (
          <MemberMenu member={member} conversation={conversation} silenced={silencedUntil !== null} />
        )
      }
    />
  );
}
