import { ConfabError, type ConversationAnswer } from '@confab/contract';
import type { Actor, Core } from '../core.ts';
import { accessConversation } from './access-conversation.ts';
import { viewConversations } from './view-conversations.ts';

/** @throws ConfabError NOT_FOUND */
export async function getConversation(
  core: Core,
  actor: Actor,
  conversationId: string,
): Promise<ConversationAnswer> {
  // What is pending first: see viewConversations.
  const [membership, pending] = await Promise.all([
    accessConversation(core, actor, conversationId),
    core.db.timeline.listPending({ conversationIds: [conversationId] }),
  ]);
  const conversation = await core.db.conversations.findById(conversationId);
  const [view] = conversation ? await viewConversations(core, [{ conversation, membership }], pending) : [];
  if (!view) throw new ConfabError('NOT_FOUND');
  return { epoch: core.db.epoch, conversation: view };
}
