import type { MemberPage } from '@confab/contract';
import { decodePageCursor } from '@confab/db';
import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { viewMemberPages } from './view-member-pages.ts';

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
  const [page] = await viewMemberPages(core, [memberships], input.limit);
  return page ?? { members: [], nextCursor: null };
}
