'use client';
import { MessageCircle } from 'lucide-react';
import { useMemo } from 'react';
import {
  Button,
  EmptyState,
  IconButton,
  PageColumn,
  PageSections,
  PageTitle,
  Section,
  SuggestionRow,
  TextLink,
} from '@confab/ui';
import { text } from '../../lib/text.ts';
import { useStore } from '../../lib/use-store.ts';
import { useConversationList } from '../conversations/use-conversation-list.ts';
import { useOpenDirect } from '../people/use-open-direct.ts';
import { useUser } from '../people/use-user.ts';
import { useJoinRoom } from '../rooms/use-join-room.ts';
import { useRooms } from '../rooms/use-rooms.ts';
import { useSession } from './use-session.ts';

const suggestionsMax = 4;

/** What stands in the main pane while nothing is open: for newcomers, whom to write to and what to join. */
export function HomePage() {
  const list = useConversationList();
  const { account } = useSession();
  if (list.status !== 'ready') return null;
  if (list.rows.length > 0) {
    return (
      <EmptyState as="main" title={text.conversation.nothingOpen} text={text.conversation.nothingOpenHint} />
    );
  }
  return (
    <PageColumn centred>
      <PageTitle title={text.start.title(account.name)} lead={text.start.lead} />
      <PageSections>
        <OnlineNow />
        <RoomsToJoin />
      </PageSections>
    </PageColumn>
  );
}

function OnlineNow() {
  const { presence, account } = useSession();
  const online = useStore(presence.everybody);
  const others = useMemo(() => [...(online ?? [])].filter((id) => id !== account.id), [online, account.id]);
  return (
    <Section
      level={2}
      title={text.start.onlineNow}
      count={others.length}
      action={
        <TextLink alone href="/people">
          {text.start.allPeople}
        </TextLink>
      }
    >
      {others.length === 0 && <p className="py-2 text-sm text-ink-3">{text.start.nobodyOnline}</p>}
      <ul>
        {others.slice(0, suggestionsMax).map((userId) => (
          <OnlinePerson key={userId} userId={userId} />
        ))}
      </ul>
    </Section>
  );
}

function OnlinePerson({ userId }: { userId: string }) {
  const user = useUser(userId);
  const openDirect = useOpenDirect();
  if (!user) return null;
  return (
    <SuggestionRow
      avatar={{ id: user.id, name: user.name, kind: 'person', presence: 'online' }}
      detail={text.presence.online}
      action={
        <IconButton
          label={text.conversation.write(user.name)}
          onClick={() => {
            openDirect(user.id);
          }}
        >
          <MessageCircle size={18} aria-hidden />
        </IconButton>
      }
    />
  );
}

function RoomsToJoin() {
  const { rooms, isWhole } = useRooms();
  const { join, joining } = useJoinRoom();
  return (
    <Section
      level={2}
      title={text.rooms}
      count={isWhole ? rooms.length : undefined}
      action={
        <TextLink alone href="/rooms/all">
          {text.start.allRooms}
        </TextLink>
      }
    >
      {isWhole && rooms.length === 0 && <p className="py-2 text-sm text-ink-3">{text.start.noRooms}</p>}
      <ul>
        {rooms.slice(0, suggestionsMax).map((room) => (
          <SuggestionRow
            key={room.id}
            avatar={{ id: room.id, name: room.name, kind: 'room' }}
            detail={text.conversation.members(room.memberCount)}
            action={
              <Button
                busy={joining === room.id}
                onClick={() => {
                  join(room.id);
                }}
              >
                {text.room.join}
              </Button>
            }
          />
        ))}
      </ul>
    </Section>
  );
}
