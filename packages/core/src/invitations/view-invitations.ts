import type { Invitation } from '@confab/contract';
import type { InvitationRecord } from '@confab/db';
import { toUser } from '../accounts/views.ts';
import type { Core } from '../core.ts';

/** Invitations as those who may make them see them. */
export async function viewInvitations(
  core: Core,
  invitations: readonly InvitationRecord[],
): Promise<Invitation[]> {
  const users = await core.db.users.findByIds([...new Set(invitations.map(({ createdBy }) => createdBy))]);
  const byId = new Map(users.map((user) => [user.id, toUser(user)]));
  return invitations.flatMap(({ id, code, createdBy, createdAt, expiresAt, usesMax, uses }) => {
    const creator = byId.get(createdBy);
    if (!creator) return [];
    const dates = { createdAt: createdAt.toISOString(), expiresAt: expiresAt && expiresAt.toISOString() };
    return [{ id, code, createdBy: creator, ...dates, usesMax, uses }];
  });
}
