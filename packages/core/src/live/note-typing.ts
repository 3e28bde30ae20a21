import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';

/**
 * Tells the other members that the actor is writing: at most once per `typingEveryMs`, whatever more is asked is
 * dropped. Who is served with the conversation here is a member; anybody else is looked up.
 * @throws ConfabError NOT_FOUND, RATE_LIMITED
 */
export async function noteTyping(core: Core, actor: Actor, conversationId: string): Promise<void> {
  const { userId } = actor;
  if (core.typing.isRecent(userId, conversationId)) return;
  await core.limits.typing.consume(userId);
  if (!core.live.readers.reads(userId, conversationId)) await accessConversation(core, actor, conversationId);
  // Another call may have come by while this one waited.
  if (core.typing.isRecent(userId, conversationId)) return;
  core.typing.note(userId, conversationId);
  await core.announce.typing({ type: 'typing.noted', conversationId, userId });
}
