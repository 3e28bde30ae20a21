import type { UserPage } from '@confab/contract';
import { decodePageCursor } from '@confab/db';
import { pageOfUsers } from '../accounts/page-of-users.ts';
import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { requireModerator } from './require-rank.ts';

/** Whom a group or room keeps out, latest first; for owners and moderators. @throws ConfabError NOT_FOUND, FORBIDDEN */
export async function listBanned(
  core: Core,
  actor: Actor,
  input: { conversationId: string; cursor?: string | undefined; limit: number },
): Promise<UserPage> {
  const { conversationId, cursor, limit } = input;
  requireModerator(await accessConversation(core, actor, conversationId));
  const after = cursor === undefined ? null : decodePageCursor(cursor, ['number', 'id']);
  const bans = await core.db.memberships.listBanned({
    conversationId,
    after: after && { bannedAt: after[0], id: after[1] },
    limit,
  });
  return pageOfUsers(
    core,
    bans.map(({ bannedAt: at, ...ban }) => ({ ...ban, at })),
    limit,
  );
}
