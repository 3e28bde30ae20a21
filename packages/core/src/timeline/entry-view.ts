import type { Entry, MessageEntry } from '@confab/contract';
import { type ChangeRecord, type EntryRecord, isChange, type MessageRecord } from '@confab/db';

/** An entry as its readers see it. */
export function toEntry(record: EntryRecord): Entry {
  if (isChange(record)) return toChangeEntry(record);
  switch (record.kind) {
    case 'message':
      return toMessageEntry(record);
    case 'member':
      return {
        kind: 'member',
        ...stored(record),
        change: record.change,
        userId: record.userId,
        ...(record.until && { until: record.until.toISOString() }),
      };
    case 'setting':
      return { kind: 'setting', ...stored(record), setting: record.setting, value: record.value };
    case 'created':
      return { kind: 'created', ...stored(record) };
    case 'void':
      return { kind: 'void', rev: record.rev };
  }
}

export function toChangeEntry(record: ChangeRecord) {
  const base = { ...stored(record), messageId: record.messageId, seq: record.seq };
  switch (record.kind) {
    case 'edit':
      return { kind: 'edit' as const, ...base, text: record.text };
    case 'deletion':
      return { kind: 'deletion' as const, ...base };
    case 'reaction':
      return { kind: 'reaction' as const, ...base, emoji: record.emoji, on: record.on };
  }
}

function toMessageEntry(record: MessageRecord): MessageEntry {
  const { messageType, text, editedText = text, textRev, deletedRev, reactions } = record;
  return {
    kind: 'message',
    ...stored(record),
    messageType,
    text: editedText,
    ...(textRev !== undefined && { textRev }),
    ...(deletedRev !== undefined && { deletedRev }),
    ...(reactions && { reactions }),
  };
}

function stored({ id, rev, senderId, clientId, createdAt }: EntryRecord) {
  return { id, rev, senderId, clientId, createdAt: createdAt.toISOString() };
}
