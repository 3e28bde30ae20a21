import type { SendMessageInput, SendMessageResult } from '@confab/contract';
import type { Actor, Core } from '../core.ts';
import { bodyHash } from '../hash.ts';
import { toEntry } from '../timeline/entry-view.ts';

/**
 * Stores a message once and answers when it is durable. The same client id with the same text returns the stored
 * message; with another text it is refused.
 * @throws ConfabError NOT_FOUND (not a member), BLOCKED, SILENCED, SLOW_MODE, CLIENT_ID_REUSED, RATE_LIMITED,
 * UNAVAILABLE (unknown: retry)
 */
export async function sendMessage(
  core: Core,
  actor: Actor,
  input: SendMessageInput,
): Promise<SendMessageResult> {
  const { conversationId, clientId, text } = input;
  await core.limits.messages.consume(actor.userId);
  const stored = await core.timeline.append({
    conversationId,
    needs: 'voice',
    draft: {
      kind: 'message',
      messageType: 'text',
      text,
      senderId: actor.userId,
      clientId,
      bodyHash: bodyHash('text', text),
      createdAt: core.now(),
    },
  });
  core.log.info('message.sent', {
    conversationId,
    userId: actor.userId,
    rev: stored.rev,
    entryId: stored.id,
  });
  core.senderMarks.raise(conversationId, actor.userId, stored.rev);
  return { epoch: core.db.epoch, entry: toEntry(stored) };
}
