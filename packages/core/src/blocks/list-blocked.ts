import type { UserPage } from '@confab/contract';
import { decodePageCursor, encodePageCursor } from '@confab/db';
import { toUser } from '../accounts/views.ts';
import type { Actor, Core } from '../core.ts';

/** Whom the actor blocked, latest first. */
export async function listBlocked(
  core: Core,
  actor: Actor,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<UserPage> {
  const after = cursor === undefined ? null : decodePageCursor(cursor, ['number', 'id']);
  const blocks = await core.db.blocks.listOfUser({
    userId: actor.userId,
    after: after && { createdAt: after[0], id: after[1] },
    limit,
  });
  const users = await core.db.users.findByIds(blocks.map(({ blockedId }) => blockedId));
  const byId = new Map(users.map((user) => [user.id, toUser(user)]));
  const last = blocks.length === limit ? blocks.at(-1) : undefined;
  return {
    users: blocks.flatMap(({ blockedId }) => byId.get(blockedId) ?? []),
    nextCursor: last ? encodePageCursor([last.createdAt.getTime(), last.id]) : null,
  };
}
