import { ConfabError, type Conversation } from '@confab/contract';
import { getConversation } from '../conversations/get-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { admitMember } from '../members/change-membership.ts';
import { findValid, hasUse, invalidInvitation } from './find-valid.ts';

/**
 * Comes into a room by a link. The use is taken before the person comes in, and is theirs from then on: N uses admit N
 * people, of whom none takes two, and a process that dies in between leaves a use that its owner's next try completes.
 * @throws ConfabError NOT_FOUND (not valid), BANNED, RATE_LIMITED
 */
export async function acceptInvitation(core: Core, actor: Actor, code: string): Promise<Conversation> {
  const { userId } = actor;
  await core.limits.invitations.consume(userId);
  const invitation = await findValid(core, code, userId);
  const { conversationId } = invitation;
  const membership = await core.db.memberships.find(userId, conversationId);
  if (membership?.status === 'banned') throw new ConfabError('BANNED');
  if (membership?.status !== 'active') {
    const taken =
      hasUse(invitation, userId) || (await core.db.invitations.takeUse(invitation, userId, core.now()));
    // Somebody took the last one meanwhile, or this person did on another device: that is told by looking again.
    if (!taken && !hasUse(await findValid(core, code, userId), userId)) throw invalidInvitation();
    await admitMember(
      core,
      { conversationId, userId, byId: userId, change: 'joined' },
      { role: 'member', visibleFromRev: 1 },
    );
  }
  return (await getConversation(core, actor, conversationId)).conversation;
}
