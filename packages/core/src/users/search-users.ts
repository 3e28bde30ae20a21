import { foldName, type SearchUsersInput, searchKey, type UserPage } from '@confab/contract';
import { decodePageCursor, encodePageCursor } from '@confab/db';
import { toUser } from '../accounts/views.ts';
import type { Actor, Core } from '../core.ts';

/** Where a search goes on whose first page held the namesake alone. */
const beforeAll = '0'.repeat(24);

/**
 * Everybody but the reader whose name starts with the prefix; case and accents do not count. Who is called exactly so,
 * accents included, stands first, then the index's order: by name without accents. A page costs two commands and reads
 * its own rows, however many people there are.
 */
export async function searchUsers(core: Core, actor: Actor, input: SearchUsersInput): Promise<UserPage> {
  await core.limits.userSearches.consume(actor.userId);
  const after = input.cursor === undefined ? null : decodePageCursor(input.cursor, ['string', 'id']);
  const name = input.prefix.trim();
  const prefix = searchKey(name);
  const namesake = name === '' ? null : await core.db.users.findByName(foldName(name));
  const first = after === null && namesake !== null && namesake.id !== actor.userId ? [namesake] : [];
  const limit = input.limit - first.length;
  const found = await core.db.users.search({
    prefix,
    after: after && { searchKey: after[0], id: after[1] },
    exceptIds: [actor.userId, ...(namesake ? [namesake.id] : [])],
    limit: limit + 1,
  });
  const rest = found.slice(0, limit);
  const last = rest.at(-1) ?? { searchKey: prefix, id: beforeAll };
  return {
    users: [...first, ...rest].map(toUser),
    nextCursor: found.length > limit ? encodePageCursor([last.searchKey, last.id]) : null,
  };
}
