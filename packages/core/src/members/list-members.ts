import type { MemberPage } from '@confab/contract';
import { decodePageCursor, encodePageCursor } from '@confab/db';
import { toUser } from '../accounts/views.ts';
import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';

/** The members, longest-standing first. @throws ConfabError NOT_FOUND */
export async function listMembers(
  core: Core,
  actor: Actor,
  input: { conversationId: string; cursor?: string | undefined; limit: number },
): Promise<MemberPage> {
  await accessConversation(core, actor, input.conversationId);
  const after = input.cursor === undefined ? null : decodePageCursor(input.cursor, ['number', 'id']);
  const memberships = await core.db.memberships.listOfConversation({
    conversationId: input.conversationId,
    after: after && { joinedAt: after[0], id: after[1] },
    limit: input.limit,
  });
  const users = await core.db.users.findByIds(memberships.map(({ userId }) => userId));
  const byId = new Map(users.map((user) => [user.id, user]));
  const last = memberships.length === input.limit ? memberships.at(-1) : undefined;
  return {
    members: memberships.flatMap(({ userId, role, joinedAt }) => {
      const user = byId.get(userId);
      return user ? [{ user: toUser(user), role, joinedAt: joinedAt.toISOString() }] : [];
    }),
    nextCursor: last ? encodePageCursor([last.joinedAt.getTime(), last.id]) : null,
  };
}
