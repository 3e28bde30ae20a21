import { ConfabError, limits, type MemberInput } from '@confab/contract';
import { requireNoBlocker } from '../blocks/require-no-blocker.ts';
import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { admitMember } from './change-membership.ts';
import { requireModerator } from './require-rank.ts';

/**
 * Brings somebody into a group or room; any member may, but into a private room only owners and moderators. In a group
 * the new member sees what comes from now on, unless its settings give them the history.
 * @throws ConfabError NOT_FOUND (no access, or no such user), FORBIDDEN (a direct conversation, a private room), BANNED, GROUP_FULL,
 * BLOCKED (they blocked the actor)
 */
export async function addMember(
  core: Core,
  actor: Actor,
  { conversationId, userId }: MemberInput,
): Promise<void> {
  const own = await accessConversation(core, actor, conversationId);
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
  if (conversation.kind === 'room' && conversation.visibility === 'private') requireModerator(own);
  if (membership?.status === 'banned') {
    throw new ConfabError('BANNED', { message: 'This person was banned here.' });
  }
  await requireNoBlocker(core, actor, {
    userIds: [userId],
    message: 'You cannot bring this person here.',
    field: 'userId',
  });
  if (conversation.kind === 'group' && conversation.memberCount >= limits.groupMembersMax) {
    throw new ConfabError('GROUP_FULL');
  }
  // As the log says it, for the conversation may not show a change yet whose process died.
  const seesAll =
    conversation.kind === 'room' ||
    (await core.db.timeline.lastSetting(conversationId, 'newMembersSeeHistory')) === true;
  const head = seesAll ? 0 : await core.db.timeline.highestRev(conversationId);
  await admitMember(
    core,
    { conversationId, userId, byId: actor.userId, change: 'added' },
    { role: 'member', visibleFromRev: head + 1 },
  );
}
