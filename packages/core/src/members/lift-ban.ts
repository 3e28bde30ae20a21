import { ConfabError, type MemberInput } from '@confab/contract';
import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { changeMember, untilDone } from './change-membership.ts';
import { requireModerator, requireRankAbove } from './require-rank.ts';

/**
 * Ends a ban: from then on the person may come in as anybody may who was never there. Owners and moderators may.
 * Nothing happens to somebody who is not banned.
 * @throws ConfabError NOT_FOUND (no access, or somebody who was never there), FORBIDDEN, RATE_LIMITED, UNAVAILABLE (retry)
 */
export async function liftBan(
  core: Core,
  actor: Actor,
  { conversationId, userId }: MemberInput,
): Promise<void> {
  await core.limits.changes.consume(actor.userId);
  await untilDone(async () => {
    const own = await accessConversation(core, actor, conversationId);
    requireModerator(own);
    const membership = await core.db.memberships.find(userId, conversationId);
    if (!membership) throw new ConfabError('NOT_FOUND', { field: 'userId' });
    if (membership.status !== 'banned') return true;
    requireRankAbove(own, membership);
    return changeMember(core, membership, {
      status: 'removed',
      unrecorded: { change: 'unbanned', byId: actor.userId, countDelta: 0 },
    });
  });
}
