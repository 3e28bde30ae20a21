import { ConfabError, type Conversation } from '@confab/contract';
import { getConversation } from '../conversations/get-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { admitMember, untilDone } from '../members/change-membership.ts';
import { newcomerRole } from '../members/newcomer-role.ts';

/**
 * Joins a public room; its history is there at once. The first who comes into an empty one owns it.
 * @throws ConfabError NOT_FOUND, BANNED, RATE_LIMITED, UNAVAILABLE (retry)
 */
export async function joinRoom(core: Core, actor: Actor, conversationId: string): Promise<Conversation> {
  await core.limits.joins.consume(actor.userId);
  const [room, membership] = await Promise.all([
    core.db.conversations.findById(conversationId),
    core.db.memberships.find(actor.userId, conversationId),
  ]);
  if (room?.kind !== 'room' || room.visibility !== 'public') throw new ConfabError('NOT_FOUND');
  if (membership?.status === 'banned') throw new ConfabError('BANNED');
  const coming = { conversationId, userId: actor.userId, byId: actor.userId, change: 'joined' as const };
  await untilDone(async () =>
    admitMember(core, coming, { role: await newcomerRole(core, room), visibleFromRev: 1 }),
  );
  return (await getConversation(core, actor, conversationId)).conversation;
}
