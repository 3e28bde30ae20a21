import { ConfabError, type MemberInput } from '@confab/contract';
import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { dismissMember, untilDone } from './change-membership.ts';
import { requireModerator, requireRankAbove } from './require-rank.ts';

/**
 * Puts somebody out of a group or room; a ban keeps them out. Owners and moderators may, and only below their rank.
 * @throws ConfabError NOT_FOUND (no access, or nobody of the conversation), FORBIDDEN, RATE_LIMITED, UNAVAILABLE (retry)
 */
export async function removeMember(
  core: Core,
  actor: Actor,
  { conversationId, userId, ban }: MemberInput & { ban: boolean },
): Promise<void> {
  await core.limits.changes.consume(actor.userId);
  await untilDone(async () => {
    const own = await accessConversation(core, actor, conversationId);
    requireModerator(own);
    if (userId === actor.userId) throw new ConfabError('FORBIDDEN');
    const membership = await core.db.memberships.find(userId, conversationId);
    // Somebody who left may still be banned; somebody who was never there is not found.
    if (!membership || (membership.status !== 'active' && !ban))
      throw new ConfabError('NOT_FOUND', { field: 'userId' });
    requireRankAbove(own, membership);
    if (membership.status === 'banned') return true;
    return dismissMember(core, membership, { byId: actor.userId, status: ban ? 'banned' : 'removed' });
  });
}
