'use client';
import type { RoomListing } from '@confab/contract';
import { Button, ButtonLink, RoomRow } from '@confab/ui';
import { activeTime } from '../../lib/dates.ts';
import { conversationHref } from '../../lib/navigation.ts';
import { text } from '../../lib/text.ts';

export interface DirectoryRowProps {
  room: RoomListing;
  now: Date;
  /** Being joined. */
  busy: boolean;
  onJoin: (roomId: string) => void;
}

/** A room of the directory: what it is about, how many are in it, and the way in. */
export function DirectoryRow({ room, now, busy, onJoin }: DirectoryRowProps) {
  return (
    <RoomRow
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
            busy={busy}
            onClick={() => {
              onJoin(room.id);
            }}
          >
            {text.room.join}
          </Button>
        )
      }
    />
  );
}
