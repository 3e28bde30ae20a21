import type { PendingRecord } from '@confab/db';
import type { Core } from '../core.ts';
import { applyToConversation } from './apply-to-conversation.ts';

/**
 * Brings a stored change to its message, or to its conversation: the second of its three steps (stored as pending, applied, cleared). May be
 * done twice, late, and in any order.
 * @returns whether the message is deleted, so that the change has to be blanked when it is cleared
 */
export async function applyChange(
  { db, log }: Pick<Core, 'db' | 'log'>,
  change: PendingRecord,
): Promise<{ redact: boolean }> {
  if (change.kind === 'setting' || change.kind === 'member') {
    await applyToConversation(db, change);
    return { redact: false };
  }
  if (change.kind === 'deletion') {
    await db.timeline.applyDeletion(change);
    return { redact: false };
  }
  const applied = await (change.kind === 'edit'
    ? db.timeline.applyEdit(change)
    : db.timeline.applyReaction(change));
  if (applied) return { redact: false };
  const { conversationId, messageId, rev, kind } = change;
  const message = await db.timeline.findMessage(conversationId, messageId);
  const deleted = message?.deletedRev !== undefined || !message;
  log.info('change.notApplied', { conversationId, rev, kind, reason: deleted ? 'deleted' : 'superseded' });
  return { redact: deleted };
}
