import { ConfabError } from '@confab/contract';
import type { MembershipRecord } from '@confab/db';
import type { Actor, Core } from '../core.ts';

/**
 * The actor's active membership. Everybody else gets what a conversation that does not exist gives.
 * @throws ConfabError NOT_FOUND
 */
export async function accessConversation(
  core: Core,
  actor: Actor,
  conversationId: string,
): Promise<MembershipRecord> {
  const membership = await core.db.memberships.find(actor.userId, conversationId);
  if (membership?.status !== 'active') throw new ConfabError('NOT_FOUND');
  return membership;
}
