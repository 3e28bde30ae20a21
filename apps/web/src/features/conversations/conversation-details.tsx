'use client';
import { LogOut, UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { User } from '@confab/contract';
import { Button, DetailsActions, DetailsBody, DetailsHeader, DetailsIdentity } from '@confab/ui';
import { dayOf } from '../../lib/dates.ts';
import { text } from '../../lib/text.ts';
import { useToday } from '../../lib/use-today.ts';
import { usePresenceLine } from '../people/person-list-row.tsx';
import { MemberSection } from './member-section.tsx';
import type { ConversationInfo } from './use-conversation.ts';
import { useConversationAvatar } from './use-conversation-avatar.ts';
import { AddPeopleDialog } from './add-people-dialog.tsx';
import { LeaveDialog } from './leave-dialog.tsx';

/** What there is to know and to do about the open conversation. */
export function ConversationDetails({
  conversation,
  onClose,
}: {
  conversation: ConversationInfo;
  onClose: () => void;
}) {
  return (
    <>
      <DetailsHeader onClose={onClose} />
      <DetailsBody>
        {conversation.peer ? (
          <PersonIdentity conversation={conversation} peer={conversation.peer} />
        ) : (
          <GroupDetails conversation={conversation} />
        )}
      </DetailsBody>
    </>
  );
}

function PersonIdentity({ conversation, peer }: { conversation: ConversationInfo; peer: User }) {
  return <DetailsIdentity avatar={useConversationAvatar(conversation)} subtitle={usePresenceLine(peer)} />;
}

function GroupDetails({ conversation }: { conversation: ConversationInfo }) {
  const [dialog, setDialog] = useState<'add' | 'leave' | null>(null);
  const avatar = useConversationAvatar(conversation);
  const today = useToday();
  const close = () => {
    setDialog(null);
  };
  const since = dayOf(conversation.createdAt, today);
  return (
    <>
      <DetailsIdentity
        avatar={avatar}
        subtitle={conversation.kind === 'room' ? text.conversation.room : text.conversation.group(since)}
        about={conversation.topic}
      />
      <DetailsActions>
        <Button
          icon={<UserPlus size={16} aria-hidden />}
          onClick={() => {
            setDialog('add');
          }}
        >
          {text.conversation.addPeople}
        </Button>
        <Button
          icon={<LogOut size={16} aria-hidden />}
          onClick={() => {
            setDialog('leave');
          }}
        >
          {text.conversation.leave}
        </Button>
      </DetailsActions>
      <MemberSection conversation={conversation} />
      {dialog === 'add' && <AddPeopleDialog conversation={conversation} onClose={close} />}
      {dialog === 'leave' && <LeaveDialog conversation={conversation} onClose={close} />}
    </>
  );
}
