import { type SearchUsersInput, searchKey, type UserPage } from '@confab/contract';
import { decodePageCursor, encodePageCursor } from '@confab/db';
import { toUser } from '../accounts/views.ts';
import type { Actor, Core } from '../core.ts';

/** Everybody but the reader whose name starts with the prefix, by name; case and accents do not count. */
export async function searchUsers(core: Core, actor: Actor, input: SearchUsersInput): Promise<UserPage> {
  await core.limits.userSearches.consume(actor.userId);
  const after = input.cursor === undefined ? null : decodePageCursor(input.cursor, ['string', 'id']);
  const users = await core.db.users.search({
    prefix: searchKey(input.prefix.trim()),
    after: after && { searchKey: after[0], id: after[1] },
    exceptId: actor.userId,
    limit: input.limit,
  });
  const last = users.length === input.limit ? users.at(-1) : undefined;
  return { users: users.map(toUser), nextCursor: last ? encodePageCursor([last.searchKey, last.id]) : null };
}
