import { reactionKey } from '@confab/contract';
import {
  type ChangeRecord,
  type EntryRecord,
  isChange,
  type MessageRecord,
  type PendingRecord,
} from '@confab/db';

/**
 * Entries as they will be once these changes have been applied to them in the database: by the same rules, so that
 * whoever reads never waits for a process that died in between.
 */
export function foldChanges(
  entries: readonly EntryRecord[],
  pending: readonly PendingRecord[],
): readonly EntryRecord[] {
  const changes = pending.filter(isChange);
  if (changes.length === 0) return entries;
  const byMessage = new Map<string, ChangeRecord[]>();
  for (const change of changes) {
    byMessage.set(change.messageId, [...(byMessage.get(change.messageId) ?? []), change]);
  }
  return entries.map((entry) => {
    if (entry.kind === 'message') return (byMessage.get(entry.id) ?? []).reduce(foldChange, entry);
    if (entry.kind !== 'edit') return entry;
    const deleted = byMessage.get(entry.messageId)?.some(({ kind }) => kind === 'deletion');
    return deleted ? { ...entry, text: '' } : entry;
  });
}

function foldChange(message: MessageRecord, change: ChangeRecord): MessageRecord {
  const { rev } = change;
  if (change.kind === 'deletion') {
    const { editedText, textRev, reactions, ...kept } = message;
    return { ...kept, text: '', deletedRev: Math.min(rev, message.deletedRev ?? rev) };
  }
  if (message.deletedRev !== undefined) return message;
  if (change.kind === 'edit') {
    return rev > (message.textRev ?? 0) ? { ...message, editedText: change.text, textRev: rev } : message;
  }
  const key = reactionKey(change.senderId, change.emoji);
  if (rev <= (message.reactions?.[key]?.rev ?? 0)) return message;
  return { ...message, reactions: { ...message.reactions, [key]: { rev, on: change.on } } };
}
