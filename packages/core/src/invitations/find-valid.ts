import { ConfabError } from '@confab/contract';
import type { InvitationRecord } from '@confab/db';
import type { Core } from '../core.ts';

/** What everybody gets for a code that lets nobody in (any more), whatever the reason. */
export function invalidInvitation(): ConfabError {
  return new ConfabError('NOT_FOUND', { message: 'This invitation is not valid any more.', field: 'code' });
}

/**
 * The invitation that this code opens for this person: whoever used it goes on being let in by it, others as long as
 * uses are left. Null: somebody who is not signed in. @throws ConfabError NOT_FOUND
 */
export async function findValid(core: Core, code: string, userId: string | null): Promise<InvitationRecord> {
  const invitation = await core.db.invitations.findByCode(code, core.now());
  if (!invitation) throw invalidInvitation();
  const isLetIn = userId !== null && hasUse(invitation, userId);
  if (!isLetIn && isUsedUp(invitation)) throw invalidInvitation();
  return invitation;
}

/** Whether one of the uses is this person's already. */
export function hasUse({ usedBy }: InvitationRecord, userId: string): boolean {
  return usedBy.includes(userId);
}

function isUsedUp({ uses, usesMax }: InvitationRecord): boolean {
  return usesMax !== null && uses >= usesMax;
}
