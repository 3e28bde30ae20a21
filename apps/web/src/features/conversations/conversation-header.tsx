'use client';
import { PanelRight } from 'lucide-react';
import type { User } from '@confab/contract';
import { IconButton, PaneHeader, type DetailsPane } from '@confab/ui';
import { sectionHref, usePlace } from '../../lib/navigation.ts';
import { text } from '../../lib/text.ts';
import { useLastSeenLine } from '../people/use-last-seen-line.ts';
import { useOpenProfile } from '../people/use-profile.ts';
import { useOnlineCount } from '../people/use-user.ts';
import { useConversationAvatar } from './use-conversation-avatar.ts';
import { useMembers } from './use-members.ts';
import type { ConversationInfo } from './use-conversation.ts';

export interface ConversationHeaderProps {
  conversation: ConversationInfo;
  details: DetailsPane;
}

/** Who or what is open, how they are there, and the way to the details. */
export function ConversationHeader({ conversation, details }: ConversationHeaderProps) {
  const { peer } = conversation;
  return peer ? (
    <DirectHeader conversation={conversation} details={details} peer={peer} />
  ) : (
    <GroupHeader conversation={conversation} details={details} />
  );
}

function DirectHeader({ peer, ...props }: ConversationHeaderProps & { peer: User }) {
  const openProfile = useOpenProfile();
  return (
    <Header
      {...props}
      subtitle={useLastSeenLine(peer)}
      onTitle={() => {
        openProfile(peer.id);
      }}
    />
  );
}

function GroupHeader(props: ConversationHeaderProps) {
  const { memberCount } = props.conversation;
  const members = useMembers(props.conversation);
  const online = useOnlineCount(members.ids);
  const subtitle =
    members.isWhole && online !== null
      ? text.conversation.membersOnline(memberCount, online)
      : text.conversation.members(memberCount);
  return <Header {...props} subtitle={subtitle} />;
}

interface HeaderProps extends ConversationHeaderProps {
  subtitle: string;
  onTitle?: () => void;
}

function Header({ conversation, details, subtitle, onTitle }: HeaderProps) {
  const avatar = useConversationAvatar(conversation);
  const { section } = usePlace();
  return (
    <PaneHeader
      title={avatar.name}
      onTitle={onTitle}
      subtitle={subtitle}
      avatar={avatar}
      backHref={sectionHref(section)}
      actions={
        <IconButton
          label={text.details}
          on={details.open}
          aria-expanded={details.open}
          onClick={details.toggle}
        >
          <PanelRight size={18} aria-hidden />
        </IconButton>
      }
    />
  );
}
