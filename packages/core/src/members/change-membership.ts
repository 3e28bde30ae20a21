import type { MemberChange } from '@confab/contract';
import type { MembershipRecord, MembershipStatus, NewMembership } from '@confab/db';
import type { Core } from '../core.ts';
import { bodyHash, derivedClientId } from '../hash.ts';

interface Change {
  readonly conversationId: string;
  /** Whose membership. */
  readonly userId: string;
  /** Who does it. */
  readonly byId: string;
  readonly change: MemberChange;
}

/**
 * Lets somebody in, or does nothing when they are in already. The membership is changed first and recorded after;
 * its number makes the record's client id, so that a retry completes what a dead process left half done.
 */
export async function admitMember(
  core: Core,
  { conversationId, userId, byId, change }: Change & { change: 'joined' | 'added' },
  start: Pick<NewMembership, 'role' | 'visibleFromRev'>,
): Promise<void> {
  const joinedAt = core.now();
  const before = await core.db.memberships.find(userId, conversationId);
  if (before?.status === 'active') return;
  if (before) {
    const moved = await core.db.memberships.transition(before, { status: 'active', joinedAt, ...start });
    if (!moved) return;
  } else {
    await core.db.memberships.createMissing([{ userId, conversationId, joinedAt, ...start }]);
  }
  const after = await core.db.memberships.find(userId, conversationId);
  if (after?.status !== 'active') return;
  await core.db.conversations.addToMemberCount(conversationId, 1);
  const entry = await recordChange(core, after, { byId, change });
  if (start.visibleFromRev > 1) {
    await core.db.memberships.raiseVisibleFrom(userId, conversationId, entry.rev);
  }
  await core.announce.toUser(userId, { type: 'conversation.joined', conversationId });
}

/**
 * Takes somebody's access away, or does nothing when they have none. First the membership, then its entry: a send
 * that stands behind the entry would have collided with it.
 */
export async function dismissMember(
  core: Core,
  membership: MembershipRecord,
  {
    byId,
    status,
    change,
  }: { byId: string; status: Exclude<MembershipStatus, 'active'>; change: MemberChange },
): Promise<void> {
  const moved = await core.db.memberships.transition(membership, { status, role: 'member' });
  if (!moved) return;
  if (membership.status === 'active')
    await core.db.conversations.addToMemberCount(membership.conversationId, -1);
  await recordChange(core, moved, { byId, change });
  await core.announce.toUser(membership.userId, {
    type: 'conversation.left',
    conversationId: membership.conversationId,
  });
}

async function recordChange(
  core: Core,
  { conversationId, userId, version }: MembershipRecord,
  { byId, change }: { byId: string; change: MemberChange },
) {
  core.log.info('member.changed', { conversationId, userId, byId, change });
  return core.timeline.append({
    conversationId,
    mustBeMember: 'nobody',
    draft: {
      kind: 'member',
      senderId: byId,
      userId,
      change,
      clientId: derivedClientId('member', conversationId, userId, version),
      bodyHash: bodyHash('member', userId, change),
      createdAt: core.now(),
    },
  });
}
