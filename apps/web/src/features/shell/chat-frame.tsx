'use client';
import { AppShell, useDetailsPane } from '@confab/ui';
import { lazy } from '../../lib/lazy.tsx';
import { usePlace, type Place } from '../../lib/navigation.ts';
import { ConversationDetails } from '../conversations/conversation-details.tsx';
import { ConversationPane } from '../conversations/conversation-pane.tsx';
import { useConversation } from '../conversations/use-conversation.ts';
import { OpenedProfile } from '../people/opened-profile.tsx';
import { NobodyChosen } from '../people/nobody-chosen.tsx';
import { HomePage } from './home-page.tsx';
import { LastOpened } from './last-opened.tsx';
import { Side } from './side.tsx';
import { useConversationKeys } from './use-conversation-keys.ts';

const RoomDirectory = lazy(async () => (await import('../rooms/room-directory.tsx')).RoomDirectory);
const YouPage = lazy(async () => (await import('../account/you-page.tsx')).YouPage);

/** On a phone the lists are pages of their own. */
const phonePanes: Record<Place['page'], 'side' | 'main'> = {
  home: 'side',
  people: 'side',
  rooms: 'side',
  'all-rooms': 'main',
  conversation: 'main',
  you: 'main',
};

/** The three panes, filled by the address. */
export function ChatFrame() {
  const place = usePlace();
  const { conversationId } = place;
  const details = useDetailsPane({ of: conversationId });
  const conversation = useConversation(conversationId ?? '');
  useConversationKeys(place);
  return (
    <AppShell
      side={<Side />}
      phonePane={phonePanes[place.page]}
      details={
        conversation && (
          <ConversationDetails key={conversation.id} conversation={conversation} onClose={details.close} />
        )
      }
      detailsPane={details}
    >
      {place.page === 'conversation' && conversationId !== null ? (
        <ConversationPane key={conversationId} conversationId={conversationId} details={details} />
      ) : (
        <MainPage page={place.page} />
      )}
      <OpenedProfile />
      <LastOpened />
    </AppShell>
  );
}

function MainPage({ page }: { page: Place['page'] }) {
  switch (page) {
    case 'people':
      return <NobodyChosen />;
    case 'rooms':
    case 'all-rooms':
      return <RoomDirectory />;
    case 'you':
      return <YouPage />;
    case 'home':
    case 'conversation':
      return <HomePage />;
  }
}
