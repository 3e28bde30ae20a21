import { ConfabError, type Conversation } from '@confab/contract';
import { getConversation } from '../conversations/get-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { admitMember, untilDone } from '../members/change-membership.ts';
import { newcomerRole } from '../members/newcomer-role.ts';
import { findValid, hasUse, invalidInvitation } from './find-valid.ts';

/**
 * Comes into a room by a link; the first who comes into an empty one owns it. The use is taken before the person comes
 * in, and is theirs from then on: N uses admit N people, of whom none takes two, and a process that dies in between
 * leaves a use that its owner's next try completes.
 * @throws ConfabError NOT_FOUND (not valid), BANNED, RATE_LIMITED, UNAVAILABLE (retry)
 */
export async function acceptInvitation(core: Core, actor: Actor, code: string): Promise<Conversation> {
  const { userId } = actor;
  await core.limits.invitations.consume(userId);
  const invitation = await findValid(core, code, userId);
  const { conversationId } = invitation;
  const [room, membership] = await Promise.all([
    core.db.conversations.findById(conversationId),
    core.db.memberships.find(userId, conversationId),
  ]);
  if (!room) throw invalidInvitation();
  if (membership?.status === 'banned') throw new ConfabError('BANNED');
  if (membership?.status !== 'active') {
    const taken =
      hasUse(invitation, userId) || (await core.db.invitations.takeUse(invitation, userId, core.now()));
    // Somebody took the last one meanwhile, or this person did on another device: that is told by looking again.
    if (!taken && !hasUse(await findValid(core, code, userId), userId)) throw invalidInvitation();
    const coming = { conversationId, userId, byId: userId, change: 'joined' as const };
    await untilDone(async () =>
      admitMember(core, coming, { role: await newcomerRole(core, room), visibleFromRev: 1 }),
    );
  }
  return (await getConversation(core, actor, conversationId)).conversation;
}
