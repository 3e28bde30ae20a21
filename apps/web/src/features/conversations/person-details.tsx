'use client';
import { UsersRound } from 'lucide-react';
import { useState } from 'react';
import type { User } from '@confab/contract';
import { Button, DetailsActions, DetailsEnd, DetailsFacts, DetailsIdentity } from '@confab/ui';
import { dayOf } from '../../lib/dates.ts';
import { text } from '../../lib/text.ts';
import { useToday } from '../../lib/use-today.ts';
import { BlockButton } from '../people/block-button.tsx';
import { ProfileFacts } from '../people/profile-facts.tsx';
import { useLastSeenLine } from '../people/use-last-seen-line.ts';
import { useProfile } from '../people/use-profile.ts';
import { NewGroupDialog } from './lazy-new-group-dialog.ts';
import { MuteButton } from './mute-button.tsx';
import { useConversationAvatar } from './use-conversation-avatar.ts';
import type { ConversationInfo } from './use-conversation.ts';

/** Of a direct conversation: who it is with. */
export function PersonDetails({ conversation, peer }: { conversation: ConversationInfo; peer: User }) {
  const [grouping, setGrouping] = useState(false);
  const { profile } = useProfile(peer.id);
  const today = useToday();
  const { since, readers } = text.conversation.facts;
  const facts = [
    { label: since, value: dayOf(conversation.createdAt, today) },
    { label: readers, value: text.conversation.readersDirect(peer.name) },
  ];
  return (
    <>
      <DetailsIdentity avatar={useConversationAvatar(conversation)} subtitle={useLastSeenLine(peer)} />
      <DetailsActions>
        <MuteButton conversation={conversation} />
        <Button
          wide
          icon={<UsersRound size={16} aria-hidden />}
          onClick={() => {
            setGrouping(true);
          }}
        >
          {text.conversation.newGroupWith(peer.name)}
        </Button>
      </DetailsActions>
      {profile ? <ProfileFacts profile={profile} facts={facts} /> : <DetailsFacts facts={facts} />}
      <DetailsEnd>
        <BlockButton user={peer} />
      </DetailsEnd>
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
