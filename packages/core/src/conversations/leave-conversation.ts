import { ConfabError } from '@confab/contract';
import type { Actor, Core } from '../core.ts';
import { dismissMember, untilDone } from '../members/change-membership.ts';
import { closeSuccessions } from '../members/settle-ownership.ts';
import { accessConversation } from './access-conversation.ts';

/**
 * Leaves a group or room. An owner's role passes to the longest-standing moderator, else member.
 * @throws ConfabError NOT_FOUND, FORBIDDEN (a direct conversation has nobody else to go on with), RATE_LIMITED, UNAVAILABLE (retry)
 */
export async function leaveConversation(core: Core, actor: Actor, conversationId: string): Promise<void> {
  await core.limits.joins.consume(actor.userId);
  await untilDone(async () => {
    const [membership, conversation] = await Promise.all([
      accessConversation(core, actor, conversationId),
      core.db.conversations.findById(conversationId),
    ]);
    if (conversation?.kind === 'direct') {
      throw new ConfabError('FORBIDDEN', { message: 'A private conversation cannot be left.' });
    }
    if (membership.role === 'owner') await closeSuccessions(core, conversationId);
    return dismissMember(core, membership, { byId: actor.userId, status: 'left' });
  });
}
