import { ConfabError, type Conversation } from '@confab/contract';
import { requireNoBlocker } from '../blocks/require-no-blocker.ts';
import type { Actor, Core } from '../core.ts';
import { bodyHash } from '../hash.ts';
import { directConversationId } from './conversation-ids.ts';
import { createConversation } from './create-conversation.ts';

/**
 * The direct conversation with somebody, made when there is none yet.
 * @throws ConfabError NOT_FOUND (no such user), YOURSELF, BLOCKED (there is none yet, and they blocked the
 * actor), RATE_LIMITED
 */
export async function openDirect(core: Core, actor: Actor, userId: string): Promise<Conversation> {
  if (userId === actor.userId) {
    throw new ConfabError('YOURSELF', { field: 'userId' });
  }
  await core.limits.creations.consume(actor.userId);
  if (!(await core.db.users.findById(userId))) throw new ConfabError('NOT_FOUND');
  const id = directConversationId(actor.userId, userId);
  await requireNoBlocker(core, actor, {
    userIds: [userId],
    conversationId: id,
    message: 'You cannot write to this person.',
    field: 'userId',
  });
  return createConversation(core, actor, {
    id,
    kind: 'direct',
    name: null,
    topic: '',
    visibility: 'private',
    pair: [actor.userId, userId].sort(),
    bodyHash: bodyHash('direct'),
    memberIds: [actor.userId, userId],
  });
}
