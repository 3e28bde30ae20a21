'use client';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import type { Member, MemberRole } from '@confab/contract';
import {
  Button,
  ErrorLine,
  IconButton,
  MemberRow,
  Menu,
  RowSkeleton,
  Section,
  type MenuItem,
} from '@confab/ui';
import { lazy } from '../../lib/lazy.tsx';
import { text } from '../../lib/text.ts';
import { useOpenDirect } from '../people/use-open-direct.ts';
import { usePresence } from '../people/use-user.ts';
import { useSession } from '../shell/use-session.ts';
import { useMembers } from './use-members.ts';
import type { ConversationInfo } from './use-conversation.ts';

const RemoveMemberDialog = lazy(async () => (await import('./remove-member-dialog.tsx')).RemoveMemberDialog);

const rank: Record<MemberRole, number> = { owner: 2, moderator: 1, member: 0 };

/** What one's own role allows to do with a member. Like the server's rule, which decides. */
function mayDismiss(own: MemberRole, member: Member): boolean {
  return own !== 'member' && rank[member.role] < rank[own];
}

/** Everybody in a group or room. */
export function MemberSection({ conversation }: { conversation: ConversationInfo }) {
  const members = useMembers(conversation);
  return (
    <Section title={text.conversation.membersTitle} count={conversation.memberCount}>
      {members.status === 'loading' && <RowSkeleton count={3} />}
      {members.status === 'failed' && <ErrorLine text={text.unreachable} onRetry={members.retry} />}
      <ul>
        {members.members.map((member) => (
          <OneMember key={member.user.id} member={member} conversation={conversation} />
        ))}
      </ul>
      {members.status === 'ready' && !members.isWhole && (
        <Button variant="ghost" size="sm" onClick={members.loadMore}>
          {text.conversation.more}
        </Button>
      )}
    </Section>
  );
}

function OneMember({ member, conversation }: { member: Member; conversation: ConversationInfo }) {
  const { user, role } = member;
  const { account } = useSession();
  const presence = usePresence(user.id);
  const isOwn = user.id === account.id;
  const roleText = text.conversation.role[role];
  return (
    <MemberRow
      avatar={{ id: user.id, name: user.name, kind: 'person', presence }}
      role={isOwn ? text.conversation.youRole(roleText) : roleText}
      action={!isOwn && <MemberMenu member={member} conversation={conversation} />}
    />
  );
}

function MemberMenu({ member, conversation }: { member: Member; conversation: ConversationInfo }) {
  const openDirect = useOpenDirect();
  const [dismissal, setDismissal] = useState<'remove' | 'ban' | null>(null);
  const items: MenuItem[] = [
    {
      label: text.conversation.writeTo,
      onSelect: () => {
        openDirect(member.user.id);
      },
    },
  ];
  if (mayDismiss(conversation.role, member)) {
    const choose = (kind: 'remove' | 'ban') => () => {
      setDismissal(kind);
    };
    items.push('separator', { label: text.conversation.remove, danger: true, onSelect: choose('remove') });
    if (conversation.kind === 'room') {
      items.push({ label: text.conversation.ban, danger: true, onSelect: choose('ban') });
    }
  }
  return (
    <>
      <Menu
        items={items}
        trigger={
          <IconButton label={text.conversation.memberActions(member.user.name)} size="sm" tooltip={false}>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      />
      {dismissal && (
        <RemoveMemberDialog
          conversationId={conversation.id}
          user={member.user}
          kind={dismissal}
          onClose={() => {
            setDismissal(null);
          }}
        />
      )}
    </>
  );
}
