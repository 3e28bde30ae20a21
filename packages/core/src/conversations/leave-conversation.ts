import { ConfabError } from '@confab/contract';
import type { Actor, Core } from '../core.ts';
import { dismissMember } from '../members/change-membership.ts';
import { accessConversation } from './access-conversation.ts';

/**
 * Leaves a group or room. An owner's role passes to the longest-standing moderator, else member.
 * @throws ConfabError NOT_FOUND, FORBIDDEN (a direct conversation has nobody else to go on with)
 */
export async function leaveConversation(core: Core, actor: Actor, conversationId: string): Promise<void> {
  const [membership, conversation] = await Promise.all([
    accessConversation(core, actor, conversationId),
    core.db.conversations.findById(conversationId),
  ]);
  if (conversation?.kind === 'direct') {
    throw new ConfabError('FORBIDDEN', { message: 'A private conversation cannot be left.' });
  }
  await dismissMember(core, membership, { byId: actor.userId, status: 'left', change: 'left' });
  if (membership.role === 'owner') await passOwnership(core, conversationId);
}

async function passOwnership(core: Core, conversationId: string): Promise<void> {
  const oldest = await core.db.memberships.listOfConversation({ conversationId, after: null, limit: 100 });
  const heir = oldest.find(({ role }) => role === 'moderator') ?? oldest[0];
  if (heir && !oldest.some(({ role }) => role === 'owner')) {
    await core.db.memberships.setRole(heir.userId, conversationId, 'owner');
  }
}
