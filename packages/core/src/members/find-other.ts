import { ConfabError } from '@confab/contract';
import type { MembershipRecord } from '@confab/db';
import type { Core } from '../core.ts';

/** Somebody whom a member of the conversation names. @throws ConfabError NOT_FOUND (nobody of it) */
export async function findOther(
  core: Core,
  conversationId: string,
  userId: string,
): Promise<MembershipRecord> {
  const membership = await core.db.memberships.find(userId, conversationId);
  if (membership?.status !== 'active') throw new ConfabError('NOT_FOUND', { field: 'userId' });
  return membership;
}
