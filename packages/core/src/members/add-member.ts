import { ConfabError, limits, type MemberInput } from '@confab/contract';
import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { admitMember } from './change-membership.ts';

/**
 * Brings somebody into a group or room; any member may. In a group the new member sees what comes from now on.
 * @throws ConfabError NOT_FOUND (no access, or no such user), FORBIDDEN (a direct conversation), BANNED, GROUP_FULL
 */
export async function addMember(
  core: Core,
  actor: Actor,
  { conversationId, userId }: MemberInput,
): Promise<void> {
  await accessConversation(core, actor, conversationId);
  const [conversation, user, membership] = await Promise.all([
    core.db.conversations.findById(conversationId),
    core.db.users.findById(userId),
    core.db.memberships.find(userId, conversationId),
  ]);
  if (!conversation || !user) throw new ConfabError('NOT_FOUND', { field: 'userId' });
  if (conversation.kind === 'direct') {
    throw new ConfabError('FORBIDDEN', {
      message: 'A private conversation has two people. Make a group instead.',
    });
  }
  if (membership?.status === 'banned') {
    throw new ConfabError('BANNED', { message: 'This person was banned here.' });
  }
  if (conversation.kind === 'group' && conversation.memberCount >= limits.groupMembersMax) {
    throw new ConfabError('GROUP_FULL');
  }
  const head = conversation.kind === 'room' ? 0 : await core.db.timeline.highestRev(conversationId);
  await admitMember(
    core,
    { conversationId, userId, byId: actor.userId, change: 'added' },
    { role: 'member', visibleFromRev: head + 1 },
  );
}
