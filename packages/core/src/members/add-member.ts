import { ConfabError, limits, type MemberInput } from '@confab/contract';
import { requireNoBlocker } from '../blocks/require-no-blocker.ts';
import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { admitMember, untilDone } from './change-membership.ts';
import { requireAddable } from './require-addable.ts';
import { requireModerator } from './require-rank.ts';

/**
 * Brings somebody into a group or room; any member may, but into a private room only owners and moderators. In a group
 * the new member sees what comes from now on, unless its settings give them the history.
 * @throws ConfabError NOT_FOUND (no access, or no such user), FORBIDDEN (a direct conversation, a private room), BANNED, GROUP_FULL,
 * BLOCKED (they blocked the actor), NOT_ADDABLE, RATE_LIMITED, UNAVAILABLE (retry)
 */
export async function addMember(
  core: Core,
  actor: Actor,
  { conversationId, userId }: MemberInput,
): Promise<void> {
  await core.limits.changes.consume(actor.userId);
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
  const isIn = membership?.status === 'active';
  if (!isIn) await requireAddable(core, actor, { users: [user], field: 'userId' });
  // As the log says it, for the conversation may not show a change yet whose process died.
  const seesAll =
    conversation.kind === 'room' ||
    (await core.db.timeline.lastSetting(conversationId, 'newMembersSeeHistory')) === true;
  const head = seesAll ? 0 : await core.db.timeline.highestRev(conversationId);
  const start = { role: 'member' as const, visibleFromRev: head + 1 };
  await untilDone(async () => {
    const seat =
      conversation.kind === 'group' && !isIn ? await freeSeat(core, { conversationId, userId }) : null;
    return admitMember(
      core,
      { conversationId, userId, byId: actor.userId, change: 'added' },
      { ...start, ...(seat !== null && { seat }) },
    );
  });
}

/**
 * A place of a group that nobody takes. Who of several people gets one that they all found is settled by the index of
 * places; each looks first at another one, so that they seldom meet. Members of an older version have none, and as many
 * of the last ones are left free for them. @throws ConfabError GROUP_FULL
 */
async function freeSeat(core: Core, { conversationId, userId }: MemberInput): Promise<number> {
  const held = await core.db.memberships.listSeats(conversationId);
  const taken = new Set(held);
  const size = limits.groupMembersMax - held.filter((seat) => seat === null).length;
  const free = Array.from({ length: Math.max(0, size) }, (_, seat) => seat).filter(
    (seat) => !taken.has(seat),
  );
  const chosen = free[Number.parseInt(userId.slice(-6), 16) % free.length];
  if (chosen === undefined) throw new ConfabError('GROUP_FULL');
  return chosen;
}
