import type { EntryRecord, MembershipRecord, UnrecordedChange } from '@confab/db';
import type { Core } from '../core.ts';
import { bodyHash, derivedClientId } from '../hash.ts';
import { withdrawInvitations } from '../invitations/withdraw-invitations.ts';
import { settleOwnership } from './settle-ownership.ts';

type MemberEntryRecord = Extract<EntryRecord, { kind: 'member' }>;

/**
 * Does what a membership's latest change still needs, if anything: the end of their links where it takes trust away,
 * its entry in the log, another owner where it gave the conversation up, its part in the count of members, and that their devices are told. The entry's client id
 * derives from the membership's version, so what a process left half done is completed, once, by whoever changes or
 * asks for the membership next, or by the janitor.
 */
export async function recordChange(core: Core, membership: MembershipRecord): Promise<void> {
  const { conversationId, userId, unrecorded } = membership;
  if (!unrecorded) return;
  const { change, byId, heirId } = unrecorded;
  await withdrawInvitations(core, membership, change);
  const entry = await appendEntry(core, membership, unrecorded);
  if (change === 'joined' || change === 'added') await raiseStart(core, membership, entry);
  if (heirId !== undefined) await settleOwnership(core, { from: membership, heirId });
  await core.changes.apply(entry);
  if (await core.db.memberships.markRecorded(membership)) {
    core.log.info('member.changed', { conversationId, userId, byId, change });
  }
  const type = toldAs(membership, unrecorded);
  if (type) await core.announce.toUser(userId, { type, conversationId });
}

async function appendEntry(
  core: Core,
  { conversationId, userId, version }: MembershipRecord,
  { change, byId, countDelta, until }: UnrecordedChange,
): Promise<MemberEntryRecord> {
  const stored = await core.timeline.append({
    conversationId,
    needs: 'nothing',
    draft: {
      kind: 'member',
      senderId: byId,
      userId,
      change,
      ...(until && { until }),
      clientId: derivedClientId('member', conversationId, userId, version),
      bodyHash: bodyHash('member', userId, change),
      createdAt: core.now(),
      countDelta,
      pending: countDelta !== 0,
    },
  });
  if (stored.kind !== 'member') throw new Error(`entry ${stored.id} is about no member`);
  return stored;
}

/** What they see, and what is unread to them, begins with the entry of their coming. */
async function raiseStart(
  core: Core,
  membership: MembershipRecord,
  { rev }: MemberEntryRecord,
): Promise<void> {
  const { userId, conversationId, visibleFromRev } = membership;
  await core.db.memberships.raiseStart(userId, conversationId, {
    deliveredSeq: rev,
    readSeq: rev,
    ...(visibleFromRev > 1 && { visibleFromRev: rev }),
  });
}

function toldAs({ status }: MembershipRecord, { change, countDelta }: UnrecordedChange) {
  // They have been out before, and are told when they come in again.
  if (change === 'unbanned') return null;
  if (countDelta === 1) return 'conversation.joined' as const;
  return status === 'active' ? null : ('conversation.left' as const);
}
