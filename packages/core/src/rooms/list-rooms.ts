import { type RoomPage, searchKey } from '@confab/contract';
import { type ConversationRecord, decodePageCursor, encodePageCursor } from '@confab/db';
import type { Actor, Core } from '../core.ts';

interface RoomsQuery {
  /** Start of a name, in any case, with or without accents. */
  readonly prefix: string;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Public rooms: all of them, latest activity first, or by name those whose name starts with the prefix. */
export async function listRooms(core: Core, actor: Actor, query: RoomsQuery): Promise<RoomPage> {
  const prefix = searchKey(query.prefix.trim());
  const { rooms, endOf } = await (prefix === '' ? latestRooms(core, query) : findRooms(core, prefix, query));
  const joined = await core.db.memberships.joinedAmong(
    actor.userId,
    rooms.map(({ id }) => id),
  );
  const last = rooms.length === query.limit ? rooms.at(-1) : undefined;
  return {
    rooms: rooms.map((room) => toListing(room, joined.has(room.id))),
    nextCursor: last ? endOf(last) : null,
  };
}

/** One page of a list, and the cursor of a page that ends with this room. */
interface Found {
  readonly rooms: readonly ConversationRecord[];
  readonly endOf: (room: ConversationRecord) => string;
}

async function latestRooms(core: Core, { cursor, limit }: RoomsQuery): Promise<Found> {
  const after = cursor === undefined ? null : decodePageCursor(cursor, ['number', 'id']);
  return {
    rooms: await core.db.conversations.listRooms({
      after: after && { lastActivityAt: after[0], id: after[1] },
      limit,
    }),
    endOf: ({ lastActivityAt, id }) => encodePageCursor([lastActivityAt.getTime(), id]),
  };
}

async function findRooms(core: Core, prefix: string, { cursor, limit }: RoomsQuery): Promise<Found> {
  const after = cursor === undefined ? null : decodePageCursor(cursor, ['string', 'id']);
  return {
    rooms: await core.db.conversations.searchRooms({
      prefix,
      after: after && { searchKey: after[0], id: after[1] },
      limit,
    }),
    // The key of the name that was read: it is set together with it.
    endOf: ({ name, id }) => encodePageCursor([searchKey(name ?? ''), id]),
  };
}

function toListing(room: ConversationRecord, joined: boolean) {
  return {
    id: room.id,
    name: room.name ?? '',
    topic: room.topic,
    memberCount: room.memberCount,
    createdAt: room.createdAt.toISOString(),
    lastActivityAt: room.lastActivityAt.toISOString(),
    joined,
  };
}
