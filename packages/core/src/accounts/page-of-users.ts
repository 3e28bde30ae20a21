import type { UserPage } from '@confab/contract';
import { encodePageCursor } from '@confab/db';
import type { Core } from '../core.ts';
import { toUser } from './views.ts';

/** Somebody in a list by time; `at` and `id` are the place in it. */
interface Named {
  readonly id: string;
  readonly userId: string;
  readonly at: Date;
}

/** A page of people in the order in which they are named, at most `limit`; its cursor is the place of the last one. */
export async function pageOfUsers(
  { db }: Pick<Core, 'db'>,
  named: readonly Named[],
  limit: number,
): Promise<UserPage> {
  const users = await db.users.findByIds(named.map(({ userId }) => userId));
  const byId = new Map(users.map((user) => [user.id, toUser(user)]));
  const last = named.length === limit ? named.at(-1) : undefined;
  return {
    users: named.flatMap(({ userId }) => byId.get(userId) ?? []),
    nextCursor: last ? encodePageCursor([last.at.getTime(), last.id]) : null,
  };
}
