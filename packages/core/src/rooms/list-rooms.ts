import type { RoomPage } from '@confab/contract';
import { type ConversationRecord, decodePageCursor, encodePageCursor } from '@confab/db';
import type { Actor, Core } from '../core.ts';

/** Every public room, latest activity first. */
export async function listRooms(
  core: Core,
  actor: Actor,
  input: { cursor?: string | undefined; limit: number },
): Promise<RoomPage> {
  const after = input.cursor === undefined ? null : decodePageCursor(input.cursor, ['number', 'id']);
  const rooms = await core.db.conversations.listRooms({
    after: after && { lastActivityAt: after[0], id: after[1] },
    limit: input.limit,
  });
  const joined = await core.db.memberships.joinedAmong(
    actor.userId,
    rooms.map(({ id }) => id),
  );
  const last = rooms.length === input.limit ? rooms.at(-1) : undefined;
  return {
    rooms: rooms.map((room) => toListing(room, joined.has(room.id))),
    nextCursor: last ? encodePageCursor([last.lastActivityAt.getTime(), last.id]) : null,
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
