import type { Entry } from '@confab/contract';
import type { LoggedEntry } from '../checker/log.ts';

/** An entry as the checker knows it: no more than what it compares. */
export function loggedEntry(entry: Entry): LoggedEntry {
  if (entry.kind === 'void') return { rev: entry.rev, kind: entry.kind };
  const { rev, kind, id, senderId, clientId } = entry;
  const common = { rev, kind, id, senderId, clientId };
  switch (entry.kind) {
    case 'message': {
      const { text, textRev, deletedRev, reactions } = entry;
      return {
        ...common,
        text,
        ...(textRev !== undefined && { textRev }),
        ...(deletedRev !== undefined && { deletedRev }),
        ...(reactions !== undefined && { reactions }),
      };
    }
    case 'edit':
      return { ...common, messageId: entry.messageId, text: entry.text };
    case 'deletion':
      return { ...common, messageId: entry.messageId };
    case 'reaction':
      return { ...common, messageId: entry.messageId, emoji: entry.emoji, on: entry.on };
    case 'member':
    case 'created':
    case 'setting':
      return common;
  }
}
