import { limits, type RoomWithMembersPage } from '@confab/contract';
import type { Actor, Core } from '../core.ts';
import { viewMemberPages } from '../members/view-member-pages.ts';
import { listRooms } from './list-rooms.ts';

/**
 * The directory together with the first members of each room, whoever reads: a public room hides nobody, as anybody
 * may join it. Costs one seek per room of the page.
 */
export async function listRoomsWithMembers(
  core: Core,
  actor: Actor,
  input: { prefix: string; cursor?: string | undefined; limit: number },
): Promise<RoomWithMembersPage> {
  const { rooms, nextCursor } = await listRooms(core, actor, input);
  const limit = limits.participantsShown;
  const memberships = await Promise.all(
    rooms.map(({ id }) => core.db.memberships.listOfConversation({ conversationId: id, after: null, limit })),
  );
  const pages = await viewMemberPages(core, memberships, limit);
  return {
    rooms: rooms.map((room, i) => ({ ...room, participants: pages[i] ?? { members: [], nextCursor: null } })),
    nextCursor,
  };
}
