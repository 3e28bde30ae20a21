import type { Entry } from '@confab/contract';
import type { EntryRecord } from '@confab/db';

/** An entry as its readers see it. */
export function toEntry(record: EntryRecord): Entry {
  const { id, rev, senderId, clientId } = record;
  const base = { id, rev, senderId, clientId, createdAt: record.createdAt.toISOString() };
  switch (record.kind) {
    case 'message':
      return { kind: 'message', ...base, messageType: record.messageType, text: record.text };
    case 'member':
      return { kind: 'member', ...base, change: record.change, userId: record.userId };
    case 'created':
      return { kind: 'created', ...base };
    case 'void':
      return { kind: 'void', rev };
  }
}
