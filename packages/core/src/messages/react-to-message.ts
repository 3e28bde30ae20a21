import {
  type ChangeMessageResult,
  ConfabError,
  reactionKey,
  type ReactToMessageInput,
} from '@confab/contract';
import type { MessageRecord } from '@confab/db';
import { appendChange, toResult } from '../changes/append-change.ts';
import type { Actor, Core } from '../core.ts';

/**
 * Puts an emoji on a message, or takes it back. Answers when the reaction is stored.
 *
 * The bound on reactions is checked where they take their place in the log (timeline/reaction-room.ts) and not where they
 * are applied: what the log holds, every device folds, so the database must not leave out what they show.
 * @throws ConfabError NOT_FOUND (also: nothing to take back), MESSAGE_DELETED, REACTIONS_FULL, BLOCKED, CLIENT_ID_REUSED, RATE_LIMITED,
 * UNAVAILABLE (unknown: retry)
 */
export async function reactToMessage(
  core: Core,
  actor: Actor,
  { emoji, on, ...ids }: ReactToMessageInput,
): Promise<ChangeMessageResult> {
  const reaction = await appendChange(core, actor, {
    ...ids,
    body: { kind: 'reaction', emoji, on },
    async admit({ message }) {
      if (message.deletedRev !== undefined) throw new ConfabError('MESSAGE_DELETED');
      const isThere = Object.hasOwn(message.reactions ?? {}, reactionKey(actor.userId, emoji));
      if (!on && !isThere) await requireReaction(core, { message, senderId: actor.userId, emoji });
      return null;
    },
  });
  core.changes.applyLater(reaction);
  return toResult(core, reaction);
}

/**
 * Taking back what never was there would be kept for ever, and use up what the message can hold. It may be there
 * though the message did not show it: pending, or applied since; what is pending is read first, so that one of the two
 * shows it. @throws ConfabError NOT_FOUND
 */
async function requireReaction(
  core: Core,
  { message, senderId, emoji }: { message: MessageRecord; senderId: string; emoji: string },
): Promise<void> {
  const { conversationId, id } = message;
  const key = reactionKey(senderId, emoji);
  const pending = await core.db.timeline.listPending({ conversationIds: [conversationId] });
  const isPending = pending.some(
    (change) =>
      change.kind === 'reaction' &&
      change.messageId === id &&
      reactionKey(change.senderId, change.emoji) === key,
  );
  if (isPending) return;
  const now = await core.db.timeline.findMessage(conversationId, id);
  if (now && Object.hasOwn(now.reactions ?? {}, key)) return;
  throw new ConfabError('NOT_FOUND', { message: 'There is no such reaction of yours.', field: 'emoji' });
}
