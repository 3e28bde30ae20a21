import { ConfabError, type MemberChange, type MemberRole, type SetRoleInput } from '@confab/contract';
import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { changeMember, untilDone } from './change-membership.ts';
import { findOther } from './find-other.ts';
import { closeSuccessions } from './settle-ownership.ts';

const changes: Record<MemberRole, MemberChange> = {
  owner: 'madeOwner',
  moderator: 'madeModerator',
  member: 'madeMember',
};

/**
 * Gives a member of a group or room another role; the owner may. Making somebody else the owner hands the conversation
 * over: the owner of before becomes a moderator.
 * @throws ConfabError NOT_FOUND (no access, or nobody of the conversation), FORBIDDEN, UNAVAILABLE (retry)
 */
export async function setRole(
  core: Core,
  actor: Actor,
  { conversationId, userId, role }: SetRoleInput,
): Promise<void> {
  await core.limits.changes.consume(actor.userId);
  await untilDone(async () => {
    const own = await accessConversation(core, actor, conversationId);
    if (own.role === 'member' || userId === actor.userId) throw new ConfabError('FORBIDDEN');
    const target = await findOther(core, conversationId, userId);
    // A retry of a hand-over is answered, too, though the actor is no owner any more.
    if (target.role === role) return true;
    if (own.role !== 'owner') throw new ConfabError('FORBIDDEN');
    if (role !== 'owner') {
      const unrecorded = { change: changes[role], byId: actor.userId, countDelta: 0 as const };
      // Who moderates is trusted to write.
      const voice = role === 'moderator' && { silencedUntil: null };
      return changeMember(core, target, { role, ...voice, unrecorded });
    }
    await closeSuccessions(core, conversationId);
    return changeMember(core, own, {
      role: 'moderator',
      unrecorded: { change: 'madeModerator', byId: actor.userId, countDelta: 0, heirId: userId },
    });
  });
}
