'use client';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import {
  Button,
  ButtonLink,
  EmptyState,
  ErrorState,
  PageColumn,
  PaneHeader,
  RoomRow,
  RoomSkeleton,
} from '@confab/ui';
import { activeTime } from '../../lib/dates.ts';
import { conversationHref } from '../../lib/navigation.ts';
import { text } from '../../lib/text.ts';
import { NewRoomDialog } from './lazy-new-room-dialog.ts';
import { useJoinRoom } from './use-join-room.ts';
import { useRooms, type Rooms } from './use-rooms.ts';

/** All rooms of the server: join, open, make one. */
export function RoomDirectory() {
  const rooms = useRooms();
  const [creating, setCreating] = useState(false);
  const newRoom = (
    <Button
      variant="primary"
      icon={<Plus size={16} aria-hidden />}
      onClick={() => {
        setCreating(true);
      }}
    >
      {text.newRoom}
    </Button>
  );
  return (
    <>
      <PaneHeader
        title={text.room.all}
        subtitle={rooms.isWhole ? text.room.onServer(rooms.rooms.length) : text.room.everyRoom}
        backHref="/rooms"
        actions={newRoom}
      />
      <RoomList rooms={rooms} />
      {creating && (
        <NewRoomDialog
          onClose={() => {
            setCreating(false);
          }}
        />
      )}
    </>
  );
}

function RoomList({ rooms }: { rooms: Rooms }) {
  const { join, joining } = useJoinRoom();
  if (rooms.status === 'failed') return <ErrorState text={text.unreachable} onRetry={rooms.retry} />;
  if (rooms.status === 'ready' && rooms.rooms.length === 0) {
    return <EmptyState title={text.room.none} text={text.room.noneHint} />;
  }
  const now = new Date();
  return (
    <PageColumn>
      {rooms.status === 'loading' && <RoomSkeleton />}
      <ul aria-label={text.room.all}>
        {rooms.rooms.map((room) => (
          <RoomRow
            key={room.id}
            id={room.id}
            name={room.name}
            topic={room.topic}
            meta={text.room.meta(room.memberCount, activeTime(room.lastActivityAt, now))}
            action={
              room.joined ? (
                <ButtonLink variant="ghost" href={conversationHref(room.id, 'rooms')}>
                  {text.room.open}
                </ButtonLink>
              ) : (
                <Button
                  busy={joining === room.id}
                  onClick={() => {
                    join(room.id);
                  }}
                >
                  {text.room.join}
                </Button>
              )
            }
          />
        ))}
      </ul>
      {rooms.status === 'ready' && !rooms.isWhole && (
        <div className="grid justify-center py-4">
          <Button variant="ghost" onClick={rooms.loadMore}>
            {text.conversation.more}
          </Button>
        </div>
      )}
    </PageColumn>
  );
}
