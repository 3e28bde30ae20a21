import type { UserPage } from '@confab/contract';
import { decodePageCursor, encodePageCursor } from '@confab/db';
import { toUser } from '../accounts/views.ts';
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
  const users = await core.db.users.findByIds(bans.map(({ userId }) => userId));
  const byId = new Map(users.map((user) => [user.id, toUser(user)]));
  const last = bans.length === limit ? bans.at(-1) : undefined;
  return {
    users: bans.flatMap(({ userId }) => byId.get(userId) ?? []),
    nextCursor: last ? encodePageCursor([last.bannedAt.getTime(), last.id]) : null,
  };
}
