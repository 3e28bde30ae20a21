import type { ConversationRecord, PendingRecord } from '@confab/db';
import { toSettings } from '../changes/apply-to-conversation.ts';

/**
 * A conversation as it will be once what is pending is applied to it. That has to have been read before the
 * conversation: then each change that was stored by that time is in one of the two, and `appliedRev` is exact.
 */
export function foldConversation(
  conversation: ConversationRecord,
  pending: readonly PendingRecord[],
): ConversationRecord {
  return pending.reduce((folded, entry) => {
    const isNews = entry.conversationId === folded.id && entry.rev > folded.appliedRev;
    if (!isNews || (entry.kind !== 'setting' && entry.kind !== 'member')) return folded;
    const change =
      entry.kind === 'setting' ? toSettings(entry) : { memberCount: folded.memberCount + entry.countDelta };
    return { ...folded, ...change, appliedRev: entry.rev };
  }, conversation);
}
