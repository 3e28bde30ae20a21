import { ConfabError, type MarkResult, type Watermark } from '@confab/contract';
import type { Watermarks } from '@confab/db';
import { accessConversation } from './access-conversation.ts';
import type { Actor, Core } from '../core.ts';

interface Marks extends Watermarks {
  readonly epoch: string;
  readonly conversationId: string;
}

/**
 * Raises the actor's watermarks, at most to the end of the log, and tells those who show them. Writes nothing where
 * nothing rises. In a room only reading counts.
 * @throws ConfabError NOT_FOUND, EPOCH_CHANGED, RATE_LIMITED
 */
export async function markConversation(core: Core, actor: Actor, input: Marks): Promise<MarkResult> {
  const { conversationId } = input;
  const [membership, conversation] = await Promise.all([
    accessConversation(core, actor, conversationId),
    core.db.conversations.findById(conversationId),
  ]);
  if (!conversation) throw new ConfabError('NOT_FOUND');
  if (input.epoch !== core.db.epoch) throw new ConfabError('EPOCH_CHANGED');
  const isRoom = conversation.kind === 'room';
  const wanted = {
    readSeq: input.readSeq,
    deliveredSeq: isRoom ? input.readSeq : Math.max(input.deliveredSeq, input.readSeq),
  };
  const answer = (marks: Watermarks) => ({
    epoch: core.db.epoch,
    watermark: toWatermark(actor.userId, marks),
  });
  if (!rises(membership, wanted)) return answer(membership);
  await core.limits.marks.consume(actor.userId);
  // The head on the conversation is a hint that may run ahead: what is read must be there.
  const highest = await core.db.timeline.highestRev(conversationId);
  const clamped = {
    readSeq: Math.min(wanted.readSeq, highest),
    deliveredSeq: Math.min(wanted.deliveredSeq, highest),
  };
  if (!rises(membership, clamped)) return answer(membership);
  const raised = await core.db.memberships.raiseWatermarks(actor.userId, conversationId, clamped);
  if (!raised) throw new ConfabError('NOT_FOUND');
  const result = answer(raised);
  core.announce.watermark({ conversationId, watermark: result.watermark, isRoom });
  return result;
}

function rises(from: Watermarks, to: Watermarks): boolean {
  return to.readSeq > from.readSeq || to.deliveredSeq > from.deliveredSeq;
}

/** Whoever has read holds it, too. */
export function toWatermark(userId: string, { deliveredSeq, readSeq }: Watermarks): Watermark {
  return { userId, deliveredSeq: Math.max(deliveredSeq, readSeq), readSeq };
}
