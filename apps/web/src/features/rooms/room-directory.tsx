'use client';
import { Plus, Search } from 'lucide-react';
import { useRef, useState, type RefObject } from 'react';
import {
  Button,
  EmptyState,
  ErrorState,
  PageColumn,
  PageTools,
  PaneHeader,
  RoomSkeleton,
  TextField,
} from '@confab/ui';
import { text } from '../../lib/text.ts';
import { VirtualRows } from '../shell/virtual-rows.tsx';
import { DirectoryRow } from './directory-row.tsx';
import { NewRoomDialog } from './lazy-new-room-dialog.ts';
import { roomText } from './room-text.ts';
import { useJoinRoom } from './use-join-room.ts';
import { useRooms, type Rooms } from './use-rooms.ts';

const rowHeightPx = 80;

/** All public rooms of the server: find, join, open, make one. */
export function RoomDirectory() {
  const [find, setFind] = useState('');
  const rooms = useRooms(find);
  const [creating, setCreating] = useState(false);
  const isCounted = rooms.isWhole && find.trim() === '';
  return (
    <>
      <PaneHeader
        title={text.room.all}
        subtitle={isCounted ? text.room.onServer(rooms.rooms.length) : text.room.everyRoom}
        backHref="/rooms"
        actions={
          <Button
            variant="primary"
            icon={<Plus size={16} aria-hidden />}
            onClick={() => {
              setCreating(true);
            }}
          >
            {text.newRoom}
          </Button>
        }
      />
      <RoomList rooms={rooms} find={find} onFind={setFind} />
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

interface RoomListProps {
  rooms: Rooms;
  find: string;
  onFind: (find: string) => void;
}

function RoomList({ rooms, find, onFind }: RoomListProps) {
  const scrollRef = useRef<HTMLDivElement>(null);
  return (
    <PageColumn scrollRef={scrollRef}>
      <PageTools>
        <TextField
          label={roomText.find}
          hideLabel
          type="search"
          placeholder={roomText.find}
          icon={<Search size={16} aria-hidden />}
          value={find}
          autoComplete="off"
          onChange={(event) => {
            onFind(event.target.value);
            // What is found stands at the top.
            scrollRef.current?.scrollTo({ top: 0 });
          }}
        />
      </PageTools>
      <FoundRooms rooms={rooms} find={find.trim()} scrollRef={scrollRef} />
    </PageColumn>
  );
}

interface FoundRoomsProps {
  rooms: Rooms;
  find: string;
  scrollRef: RefObject<HTMLDivElement | null>;
}

function FoundRooms({ rooms: { rooms, status, retry, loadMore }, find, scrollRef }: FoundRoomsProps) {
  const { join, joining } = useJoinRoom();
  if (status === 'failed') return <ErrorState text={text.unreachable} onRetry={retry} />;
  if (status === 'loading') return <RoomSkeleton />;
  if (rooms.length === 0) {
    return find === '' ? (
      <EmptyState title={text.room.none} text={text.room.noneHint} />
    ) : (
      <p className="p-3 text-sm text-ink-3">{text.nothingFound(find)}</p>
    );
  }
  const now = new Date();
  return (
    <VirtualRows
      label={text.room.all}
      count={rooms.length}
      rowHeight={rowHeightPx}
      scrollRef={scrollRef}
      rowKey={(index) => rooms[index]?.id ?? ''}
      renderRow={(index) => {
        const room = rooms[index];
        return (
          room && (
            <DirectoryRow key={room.id} room={room} now={now} busy={joining === room.id} onJoin={join} />
          )
        );
      }}
      onEndNear={loadMore}
    />
  );
}
