import type { MembershipRecord, UnrecordedChange } from '@confab/db';
import type { Core } from '../core.ts';

/**
 * What a change of somebody's membership does to the links of the conversation. Those that they made end with the trust
 * that let them: by a ban, a removal, and with a moderator's role. Whoever is put out has also spent the uses that they
 * took, and comes back by another one. Leaving ends nothing. May be done twice.
 */
export async function withdrawInvitations(
  { db }: Pick<Core, 'db'>,
  { conversationId, userId }: Pick<MembershipRecord, 'conversationId' | 'userId'>,
  change: UnrecordedChange['change'],
): Promise<void> {
  const isOut = change === 'removed' || change === 'banned';
  if (isOut) await db.invitations.spendUses({ conversationId, userId });
  if (isOut || change === 'madeMember') await db.invitations.revokeAllBy({ conversationId, userId });
}
