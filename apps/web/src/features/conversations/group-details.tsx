'use client';
import { LogOut, Pencil } from 'lucide-react';
import { useState, type ReactNode, type RefObject } from 'react';
import { Button, DetailsActions, DetailsEnd, DetailsIdentity, IconButton } from '@confab/ui';
import { dayOf } from '../../lib/dates.ts';
import { lazy } from '../../lib/lazy.tsx';
import { text } from '../../lib/text.ts';
import { useToday } from '../../lib/use-today.ts';
import { AllMembers } from './all-members.tsx';
import { detailsText } from './details-text.ts';
import { mayInvite, mayModerate } from './may.ts';
import { MemberSection } from './member-section.tsx';
import { MuteButton } from './mute-button.tsx';
import { useConversationAvatar } from './use-conversation-avatar.ts';
import type { ConversationInfo } from './use-conversation.ts';

const LeaveDialog = lazy(async () => (await import('./leave-dialog.tsx')).LeaveDialog);
const EditDialog = lazy(async () => (await import('./edit-dialog.tsx')).EditDialog);
const SettingsSection = lazy(async () => (await import('./settings-section.tsx')).SettingsSection);
const BanSection = lazy(async () => (await import('./ban-section.tsx')).BanSection);
const InvitationSection = lazy(
  async () => (await import('../rooms/invitation-section.tsx')).InvitationSection,
);

export interface GroupDetailsProps {
  conversation: ConversationInfo;
  /** What scrolls around the members. */
  scrollRef: RefObject<HTMLDivElement | null>;
}

/** Of a group or room: what it is, who is in it, what one may set, and the way out; or everybody in it. */
export function GroupDetails({ conversation, scrollRef }: GroupDetailsProps) {
  const [members, setMembers] = useState<'first' | 'all' | 'back'>('first');
  if (members === 'all') {
    return (
      <AllMembers
        conversation={conversation}
        scrollRef={scrollRef}
        onBack={() => {
          setMembers('back');
        }}
      />
    );
  }
  return (
    <GroupOverview
      conversation={conversation}
      members={
        <MemberSection
          conversation={conversation}
          isBack={members === 'back'}
          onAll={() => {
            setMembers('all');
          }}
        />
      }
    />
  );
}

interface GroupOverviewProps {
  conversation: ConversationInfo;
  members: ReactNode;
}

function GroupOverview({ conversation, members }: GroupOverviewProps) {
  const [dialog, setDialog] = useState<'edit' | 'leave' | null>(null);
  const close = () => {
    setDialog(null);
  };
  const avatar = useConversationAvatar(conversation);
  const since = dayOf(conversation.createdAt, useToday());
  const isModerator = mayModerate(conversation);
  return (
    <>
      <DetailsIdentity
        avatar={avatar}
        subtitle={subtitleOf(conversation, since)}
        about={conversation.topic}
        action={
          isModerator && (
            <IconButton
              label={conversation.kind === 'room' ? detailsText.editRoom : detailsText.editGroup}
              onClick={() => {
                setDialog('edit');
              }}
            >
              <Pencil size={16} aria-hidden />
            </IconButton>
          )
        }
      />
      <DetailsActions>
        <MuteButton conversation={conversation} />
      </DetailsActions>
      {members}
      {mayInvite(conversation) && <InvitationSection conversation={conversation} />}
      {isModerator && <SettingsSection conversation={conversation} />}
      {isModerator && <BanSection conversation={conversation} />}
      <DetailsEnd>
        <Button
          variant="danger-plain"
          icon={<LogOut size={16} aria-hidden />}
          onClick={() => {
            setDialog('leave');
          }}
        >
          {text.conversation.leave}
        </Button>
      </DetailsEnd>
      {dialog === 'edit' && <EditDialog conversation={conversation} onClose={close} />}
      {dialog === 'leave' && <LeaveDialog conversation={conversation} onClose={close} />}
    </>
  );
}

function subtitleOf({ kind, visibility }: ConversationInfo, since: string): string {
  if (kind === 'group') return text.conversation.group(since);
  return visibility === 'private' ? detailsText.privateRoom : text.conversation.room;
}
