'use client';
import { LogOut, UserPlus, UsersRound } from 'lucide-react';
import { useState } from 'react';
import type { User } from '@confab/contract';
import {
  Button,
  DetailsActions,
  DetailsBody,
  DetailsFacts,
  DetailsHeader,
  DetailsIdentity,
} from '@confab/ui';
import { dayOf } from '../../lib/dates.ts';
import { lazy } from '../../lib/lazy.tsx';
import { text } from '../../lib/text.ts';
import { useToday } from '../../lib/use-today.ts';
import { useLastSeenLine } from '../people/use-last-seen-line.ts';
import { MemberSection } from './member-section.tsx';
import type { ConversationInfo } from './use-conversation.ts';
import { useConversationAvatar } from './use-conversation-avatar.ts';
import { NewGroupDialog } from './lazy-new-group-dialog.ts';

const AddPeopleDialog = lazy(async () => (await import('./add-people-dialog.tsx')).AddPeopleDialog);
const LeaveDialog = lazy(async () => (await import('./leave-dialog.tsx')).LeaveDialog);

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
          <PersonDetails conversation={conversation} peer={conversation.peer} />
        ) : (
          <GroupDetails conversation={conversation} />
        )}
      </DetailsBody>
    </>
  );
}

function PersonDetails({ conversation, peer }: { conversation: ConversationInfo; peer: User }) {
  const [grouping, setGrouping] = useState(false);
  const today = useToday();
  const { since, readers } = text.conversation.facts;
  return (
    <>
      <DetailsIdentity avatar={useConversationAvatar(conversation)} subtitle={useLastSeenLine(peer)} />
      <DetailsActions>
        <Button
          icon={<UsersRound size={16} aria-hidden />}
          onClick={() => {
            setGrouping(true);
          }}
        >
          {text.conversation.newGroupWith(peer.name)}
        </Button>
      </DetailsActions>
      <DetailsFacts
        facts={[
          { label: since, value: dayOf(conversation.createdAt, today) },
          { label: readers, value: text.conversation.readersDirect(peer.name) },
        ]}
      />
      {grouping && (
        <NewGroupDialog
          people={[peer]}
          onClose={() => {
            setGrouping(false);
          }}
        />
      )}
    </>
  );
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
