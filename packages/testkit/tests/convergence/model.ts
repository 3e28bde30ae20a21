import type { Entry, MessageEntry } from '@confab/contract';

/** A stored entry, as it stands in the collection. */
export interface StoredEntry {
  readonly _id: { toHexString(): string };
  readonly rev: number;
  readonly kind: string;
  readonly senderId: { toHexString(): string };
  readonly clientId: string;
  readonly text?: string;
  readonly change?: string;
  readonly userId?: { toHexString(): string };
  readonly target?: { toHexString(): string };
  readonly emoji?: string;
  readonly on?: boolean;
  readonly pending?: boolean;
  readonly setting?: string;
  readonly value?: unknown;
}

/** A message as its readers must find it in the end. */
export interface MessageModel {
  readonly rev: number;
  readonly text: string;
  readonly textRev: number | null;
  readonly deletedRev: number | null;
  readonly reactions: Readonly<Record<string, { rev: number; on: boolean }>>;
}

/** The messages of a log by the words of timeline.md alone: each change in its turn, nothing after a deletion. */
export function foldLog(log: readonly StoredEntry[]): Map<string, MessageModel> {
  const messages = new Map<string, MessageModel>();
  for (const entry of log) {
    if (entry.kind === 'message') {
      const fresh = {
        rev: entry.rev,
        text: entry.text ?? '',
        textRev: null,
        deletedRev: null,
        reactions: {},
      };
      messages.set(entry._id.toHexString(), fresh);
    }
    const target = entry.target?.toHexString() ?? '';
    const before = messages.get(target);
    if (before?.deletedRev === null) messages.set(target, after(before, entry));
  }
  return messages;
}

function after(message: MessageModel, entry: StoredEntry): MessageModel {
  const { rev, kind, emoji = '', on = false } = entry;
  const key = `${entry.senderId.toHexString()}:${emoji}`;
  if (kind === 'edit') return { ...message, text: entry.text ?? '', textRev: rev };
  if (kind === 'reaction') return { ...message, reactions: { ...message.reactions, [key]: { rev, on } } };
  if (kind === 'deletion')
    return { rev: message.rev, text: '', textRev: null, deletedRev: rev, reactions: {} };
  return message;
}

export function toModel({ rev, text, textRev, deletedRev, reactions }: MessageEntry): MessageModel {
  return { rev, text, textRev: textRev ?? null, deletedRev: deletedRev ?? null, reactions: reactions ?? {} };
}

/** What a device shows that holds a page and folds what it pulls after the page's cursor, whichever is newer. */
export function foldDevice(page: readonly Entry[], pulled: readonly Entry[]): Map<string, MessageModel> {
  const held = new Map<string, MessageModel>();
  for (const entry of [...page, ...pulled]) {
    if (entry.kind === 'message') held.set(entry.id, toModel(entry));
  }
  for (const entry of pulled) {
    if (!('messageId' in entry)) continue;
    const message = held.get(entry.messageId);
    if (message && message.deletedRev === null) held.set(entry.messageId, foldEntry(message, entry));
  }
  return held;
}

function foldEntry(message: MessageModel, entry: Entry): MessageModel {
  switch (entry.kind) {
    case 'edit':
      if (entry.rev <= (message.textRev ?? 0)) return message;
      return { ...message, text: entry.text, textRev: entry.rev };
    case 'reaction': {
      const key = `${entry.senderId}:${entry.emoji}`;
      const { rev, on } = entry;
      if (rev <= (message.reactions[key]?.rev ?? 0)) return message;
      return { ...message, reactions: { ...message.reactions, [key]: { rev, on } } };
    }
    case 'deletion':
      return { rev: message.rev, text: '', textRev: null, deletedRev: entry.rev, reactions: {} };
    default:
      return message;
  }
}

/** Messages of others above `floor` that are not deleted. */
export function countUnread(log: readonly StoredEntry[], reader: string, floor: number): number {
  const messages = foldLog(log);
  return log.filter(
    ({ _id, rev, kind, senderId }) =>
      kind === 'message' &&
      rev > floor &&
      senderId.toHexString() !== reader &&
      messages.get(_id.toHexString())?.deletedRev === null,
  ).length;
}

/**
 * Entries that somebody wrote after being put out for the last time. Coming in shows in the log only after it took
 * effect, so entries between two memberships prove nothing.
 */
export function entriesAfterEnd(log: readonly StoredEntry[], userId: string): number[] {
  const changes = log.filter(({ kind, userId: who }) => kind === 'member' && who?.toHexString() === userId);
  const last = changes.at(-1);
  if (!last || last.change === 'added') return [];
  return log.flatMap(({ rev, senderId }) =>
    rev > last.rev && senderId.toHexString() === userId ? [rev] : [],
  );
}

const counts: Readonly<Record<string, number>> = { joined: 1, added: 1, left: -1, removed: -1, banned: -1 };

/** What the log makes of a conversation that began with so many members. */
export function foldConversation(log: readonly StoredEntry[], memberCount: number) {
  let name: string | null = null;
  let settingsRev = 0;
  for (const { rev, kind, setting, value, change = '' } of log) {
    if (kind === 'member') memberCount += counts[change] ?? 0;
    if (kind !== 'setting') continue;
    settingsRev = rev;
    if (setting === 'name') name = String(value);
  }
  return { name, settingsRev, memberCount };
}

/**
 * What somebody wrote after being silenced for the last time. An end of silence takes effect before its entry, so what
 * lies between two silences proves nothing.
 */
export function entriesAfterSilence(log: readonly StoredEntry[], userId: string): number[] {
  const told = log.filter(
    ({ change, userId: who }) =>
      (change === 'silenced' || change === 'unsilenced') && who?.toHexString() === userId,
  );
  const last = told.at(-1);
  if (last?.change !== 'silenced') return [];
  return log.flatMap(({ rev, kind, senderId }) =>
    rev > last.rev &&
    senderId.toHexString() === userId &&
    (kind === 'message' || kind === 'edit' || kind === 'reaction')
      ? [rev]
      : [],
  );
}
