import type { MemberPage } from '@confab/contract';
import { encodePageCursor, type MembershipRecord } from '@confab/db';
import { toUser } from '../accounts/views.ts';
import type { Core } from '../core.ts';

/**
 * Pages of members, each of one conversation and read with this limit, as their readers see them. One query finds the
 * people of all of them.
 */
export async function viewMemberPages(
  core: Core,
  pages: readonly (readonly MembershipRecord[])[],
  limit: number,
): Promise<MemberPage[]> {
  const userIds = new Set(pages.flat().map(({ userId }) => userId));
  const users = await core.db.users.findByIds([...userIds]);
  const byId = new Map(users.map((user) => [user.id, toUser(user)]));
  return pages.map((memberships) => {
    const last = memberships.length === limit ? memberships.at(-1) : undefined;
    return {
      members: memberships.flatMap(({ userId, role, silencedUntil, joinedAt }) => {
        const user = byId.get(userId);
        if (!user) return [];
        const until = silencedUntil && silencedUntil.toISOString();
        return [{ user, role, silencedUntil: until, joinedAt: joinedAt.toISOString() }];
      }),
      nextCursor: last ? encodePageCursor([last.joinedAt.getTime(), last.id]) : null,
    };
  });
}
