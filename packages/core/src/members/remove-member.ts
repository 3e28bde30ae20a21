import { ConfabError, type MemberInput, type MemberRole } from '@confab/contract';
import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { dismissMember } from './change-membership.ts';

const rank: Record<MemberRole, number> = { owner: 2, moderator: 1, member: 0 };

/**
 * Puts somebody out of a group or room; a ban keeps them out. Owners and moderators may, and only below their rank.
 * @throws ConfabError NOT_FOUND (no access, or nobody of the conversation), FORBIDDEN
 */
export async function removeMember(
  core: Core,
  actor: Actor,
  { conversationId, userId, ban }: MemberInput & { ban: boolean },
): Promise<void> {
  const own = await accessConversation(core, actor, conversationId);
  if (own.role === 'member' || userId === actor.userId) throw new ConfabError('FORBIDDEN');
  const membership = await core.db.memberships.find(userId, conversationId);
  // Somebody who left may still be banned; somebody who was never there is not found.
  if (!membership || (membership.status !== 'active' && !ban))
    throw new ConfabError('NOT_FOUND', { field: 'userId' });
  if (rank[membership.role] >= rank[own.role]) throw new ConfabError('FORBIDDEN');
  if (membership.status === 'banned') return;
  await dismissMember(core, membership, {
    byId: actor.userId,
    status: ban ? 'banned' : 'removed',
    change: ban ? 'banned' : 'removed',
  });
}
