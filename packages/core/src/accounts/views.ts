import type { Account, User } from '@confab/contract';
import type { UserRecord } from '@confab/db';

/** A user as everybody sees them. */
export function toUser({ id, name, lastSeenAt }: UserRecord): User {
  return { id, name, lastSeenAt: lastSeenAt?.toISOString() ?? null };
}

/** A user as they see themselves. */
export function toAccount(user: UserRecord): Account {
  const { email, role, createdAt, addableBy } = user;
  return { ...toUser(user), email, role, createdAt: createdAt.toISOString(), addableBy };
}
