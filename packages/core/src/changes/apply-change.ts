import type { ChangeRecord } from '@confab/db';
import type { Core } from '../core.ts';

/**
 * Brings a stored change to its message: the second of its three steps (stored as pending, applied, cleared). May be
 * done twice, late, and in any order.
 * @returns whether the message is deleted, so that the change has to be blanked when it is cleared
 */
export async function applyToMessage(
  { db, log }: Pick<Core, 'db' | 'log'>,
  change: ChangeRecord,
): Promise<{ redact: boolean }> {
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
