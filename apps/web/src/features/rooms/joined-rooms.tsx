'use client';
import { Compass } from 'lucide-react';
import { useMemo } from 'react';
import { IconTile, PersonRow, RowList, RowSkeleton, SideNote } from '@confab/ui';
import { usePlace } from '../../lib/navigation.ts';
import { text } from '../../lib/text.ts';
import { usePhone } from '../../lib/use-phone.ts';
import { ConversationLinks, useMatching } from '../conversations/conversation-rows.tsx';
import { useConversationList } from '../conversations/use-conversation-list.ts';
import type { SideListProps } from '../shell/side.tsx';

/** The way to all rooms, and those one is in; alone, the latter, where they are narrowed. */
export function JoinedRooms({ find, scrollRef }: SideListProps) {
  const { page } = usePlace();
  const list = useConversationList();
  const rooms = useMemo(
    () => list.rows.filter(({ conversation }) => conversation.kind === 'room'),
    [list.rows],
  );
  const matching = useMatching(rooms, find);
  return (
    <>
      {find.trim() === '' && <AllRooms current={page === 'rooms' || page === 'all-rooms'} />}
      {list.status !== 'ready' && list.rows.length === 0 && <RowSkeleton />}
      {matching.length > 0 && (
        <ConversationLinks
          sections={[{ kind: null, rows: matching }]}
          label={text.rooms}
          scrollRef={scrollRef}
        />
      )}
      {matching.length === 0 && find.trim() !== '' && <SideNote>{text.nothingFound(find.trim())}</SideNote>}
    </>
  );
}

function AllRooms({ current }: { current: boolean }) {
  return (
    <RowList label={text.room.all}>
      <PersonRow
        href="/rooms/all"
        // On a phone the list stands alone: what it leads to is not open beside it.
        current={!usePhone() && current}
        avatar={{ id: 'all-rooms', name: text.room.all, kind: 'room' }}
        tile={
          <IconTile>
            <Compass size={20} aria-hidden />
          </IconTile>
        }
        detail={text.room.everyRoom}
      />
    </RowList>
  );
}
