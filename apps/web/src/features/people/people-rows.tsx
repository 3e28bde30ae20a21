'use client';
import { ErrorState, RowSkeleton, SideNote } from '@confab/ui';
import { usePlace } from '../../lib/navigation.ts';
import { text } from '../../lib/text.ts';
import { usePhone } from '../../lib/use-phone.ts';
import { useConversation } from '../conversations/use-conversation.ts';
import type { SideListProps } from '../shell/side.tsx';
import { VirtualRows } from '../shell/virtual-rows.tsx';
import { PersonListRow } from './person-list-row.tsx';
import { useOpenDirect } from './use-open-direct.ts';
import { usePeople } from './use-people.ts';

/** All users but oneself; a press opens the direct conversation. */
export function PeopleRows({ find, scrollRef }: SideListProps) {
  const people = usePeople(find);
  const openDirect = useOpenDirect('people');
  const { conversationId } = usePlace();
  const openPeerId = useConversation(conversationId ?? '')?.peer?.id;
  const rowHeight = usePhone() ? 64 : 56;
  if (people.status === 'loading') return <RowSkeleton />;
  if (people.status === 'failed') return <ErrorState text={text.unreachable} onRetry={people.retry} />;
  if (people.users.length === 0) {
    return <SideNote>{find.trim() === '' ? text.presence.nobody : text.nothingFound(find.trim())}</SideNote>;
  }
  return (
    <VirtualRows
      key={rowHeight}
      label={text.people}
      count={people.users.length}
      rowHeight={rowHeight}
      scrollRef={scrollRef}
      rowKey={(index) => people.users[index]?.id ?? ''}
      renderRow={(index) => {
        const user = people.users[index];
        return (
          user && (
            <PersonListRow key={user.id} user={user} current={user.id === openPeerId} onOpen={openDirect} />
          )
        );
      }}
      onEndNear={people.loadMore}
    />
  );
}
