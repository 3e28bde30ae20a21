import type { UserPage } from '@confab/contract';
import { decodePageCursor } from '@confab/db';
import { pageOfUsers } from '../accounts/page-of-users.ts';
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
  return pageOfUsers(
    core,
    blocks.map(({ id, blockedId: userId, createdAt: at }) => ({ id, userId, at })),
    limit,
  );
}
