import type { MemberChange } from '@confab/contract';
import type { EntryRecord, MembershipRecord, MembershipStatus, NewMembership } from '@confab/db';
import type { Core } from '../core.ts';
import { bodyHash, derivedClientId } from '../hash.ts';

/**
 * A membership is changed in two steps: first the membership itself, which carries the change as unrecorded, then its
 * entry in the log. The entry's client id derives from the membership's version, so a change that a process left half
 * done is completed, once, by whoever changes or asks for it next.
 */
interface Change {
  readonly conversationId: string;
  /** Whose membership. */
  readonly userId: string;
  /** Who does it. */
  readonly byId: string;
  readonly change: MemberChange;
}

/** Lets somebody in, or does nothing when they are in already. */
export async function admitMember(
  core: Core,
  { conversationId, userId, byId, change }: Change & { change: 'joined' | 'added' },
  start: Pick<NewMembership, 'role' | 'visibleFromRev'>,
): Promise<void> {
  const { memberships, timeline } = core.db;
  const [before, head] = await Promise.all([
    memberships.find(userId, conversationId),
    timeline.highestRev(conversationId),
  ]);
  // What stands there already is not unread to a newcomer.
  const fields = {
    ...start,
    deliveredSeq: head,
    readSeq: head,
    joinedAt: core.now(),
    unrecorded: { change, byId, countDelta: 1 as const },
  };
  if (!before) {
    await memberships.createMissing([{ userId, conversationId, ...fields }]);
  } else if (before.status !== 'active') {
    await recordChange(core, before);
    await memberships.transition(before, { status: 'active', ...fields });
  }
  const after = await memberships.find(userId, conversationId);
  if (after?.status !== 'active') return;
  const entry = await recordChange(core, after);
  if (!entry) return;
  await memberships.raiseStart(userId, conversationId, {
    deliveredSeq: entry.rev,
    readSeq: entry.rev,
    ...(start.visibleFromRev > 1 && { visibleFromRev: entry.rev }),
  });
  await core.announce.toUser(userId, { type: 'conversation.joined', conversationId });
}

/**
 * Takes somebody's access away, or does nothing when somebody else changed the membership meanwhile. The membership
 * comes first: a send that stands behind the entry would have collided with it, and access been read again.
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
  const { userId, conversationId } = membership;
  await recordChange(core, membership);
  const countDelta = membership.status === 'active' ? (-1 as const) : (0 as const);
  const unrecorded = { change, byId, countDelta };
  const moved = await core.db.memberships.transition(membership, { status, role: 'member', unrecorded });
  if (!moved) return;
  await recordChange(core, moved);
  await core.announce.toUser(userId, { type: 'conversation.left', conversationId });
}

/** Appends the entry of a membership's latest change; null when it has one already. */
async function recordChange(core: Core, membership: MembershipRecord): Promise<EntryRecord | null> {
  const { conversationId, userId, version, unrecorded } = membership;
  if (!unrecorded) return null;
  const { change, byId, countDelta } = unrecorded;
  const entry = await core.timeline.append({
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
  // Of several who record the same change, one counts it.
  if (await core.db.memberships.markRecorded(membership)) {
    await core.db.conversations.addToMemberCount(conversationId, countDelta);
    core.log.info('member.changed', { conversationId, userId, byId, change });
  }
  return entry;
}
