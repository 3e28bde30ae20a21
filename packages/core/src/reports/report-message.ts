import { ConfabError, type ReportMessageInput } from '@confab/contract';
import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { toEntry } from '../timeline/entry-view.ts';
import { foldChanges } from '../timeline/fold-changes.ts';

/**
 * Tells the administrators of a message, with its text as the reporter saw it. Once per reporter and message: the first
 * report stays as it is. The message's sender is not told.
 * @throws ConfabError NOT_FOUND (no access; no such message, or none that this member sees), MESSAGE_DELETED,
 * RATE_LIMITED
 */
export async function reportMessage(core: Core, actor: Actor, input: ReportMessageInput): Promise<void> {
  const { conversationId, messageId, reason, note } = input;
  await core.limits.reports.consume(actor.userId);
  const { visibleFromRev } = await accessConversation(core, actor, conversationId);
  // What is pending first, then the message: a change that is applied in between is in both, and not in neither.
  const pending = await core.db.timeline.listPending({ conversationIds: [conversationId] });
  const message = await core.db.timeline.findMessage(conversationId, messageId);
  if (!message || message.rev < visibleFromRev) throw new ConfabError('NOT_FOUND', { field: 'messageId' });
  const [seen] = foldChanges([message], pending).map(toEntry);
  if (seen?.kind !== 'message') throw new Error(`entry ${message.id} is no message`);
  if (seen.deletedRev !== undefined) throw new ConfabError('MESSAGE_DELETED');
  const isNew = await core.db.reports.insertOnce({
    reporterId: actor.userId,
    messageId,
    conversationId,
    senderId: message.senderId,
    reason,
    note,
    text: seen.text,
    createdAt: core.now(),
  });
  if (isNew) core.log.info('message.reported', { conversationId, messageId, userId: actor.userId, reason });
}
