import type { Conversation, Entry, MessagePage } from '@confab/contract';
import { isEqual } from './is-equal.ts';
import { normalised } from './fold.ts';
import type { Range } from './range.ts';

/**
 * The newest entry that this device is sure of. In one life of the database no other one ever stands at its rev, and it
 * never goes: where it is not, somebody put an older copy of the data in the place of the newer one, by hand. Such a copy
 * has the epoch of what it replaced.
 */
export interface KnownEntry {
  readonly rev: number;
  /** Null where it is unknown, or a void. */
  readonly id: string | null;
}

type HeldRow = Pick<Conversation, 'lastMessage'>;

/** What is known of a conversation; null for nothing. Heads tell nothing: they may run ahead of the log. */
export function knownEntry(row: HeldRow | undefined, range: Range | null): KnownEntry | null {
  const message = row?.lastMessage?.kind === 'message' ? row.lastMessage : null;
  if (range !== null && range.cursor >= Math.max(range.from, message?.rev ?? 0))
    return { rev: range.cursor, id: range.lastId ?? null };
  return message === null ? null : { rev: message.rev, id: message.id };
}

/** The highest of some entries of the log. */
export function lastKnown(entries: Iterable<Entry>): KnownEntry | null {
  let last: Entry | null = null;
  for (const entry of entries) if (last === null || entry.rev > last.rev) last = entry;
  return last === null ? null : { rev: last.rev, id: last.kind === 'void' ? null : last.id };
}

function isOther(entry: Entry | null | undefined, { rev, id }: KnownEntry): boolean {
  if (entry === undefined || entry === null || entry.kind === 'void') return false;
  return id !== null && entry.rev === rev && entry.id !== id;
}

/** Whether a page that reaches up to `known.rev`, asked for when that was known, proves that the log was set back. */
export function isRewound(
  page: Pick<MessagePage, 'from' | 'cursor' | 'entries'>,
  known: KnownEntry,
): boolean {
  const { from, cursor, entries } = page;
  if (from > known.rev) return false;
  return cursor < known.rev || entries.some((entry) => isOther(entry, known));
}

/** What is the same in every answer that knows the log up to the same rev. */
function logOf({ lastMessage, name, topic, settingsRev, memberCount }: Conversation): unknown {
  const message = lastMessage?.kind === 'message' ? normalised(lastMessage) : lastMessage;
  return { message, name, topic, settingsRev, memberCount };
}

/**
 * Whether a row as the server answers it now gives reason to look at the log: it tells of less than was known, or of
 * something else. An answer that was overtaken on its way looks the same, and costs one page.
 */
export function isSuspect(held: Conversation, range: Range | null, answer: Conversation): boolean {
  const known = knownEntry(held, range);
  if (known === null || answer.from > known.rev) return false;
  if (answer.headRev < known.rev || answer.readSeq < held.readSeq) return true;
  const before = held.lastMessage;
  const isMessageHeld = before !== null && before.rev >= answer.from;
  if (isMessageHeld && (answer.lastMessage?.rev ?? 0) < before.rev) return true;
  if (before?.kind === 'message' && isOther(answer.lastMessage, before)) return true;
  const isWhole = range !== null && range.cursor === answer.headRev;
  return isWhole && !isEqual(logOf(held), logOf(answer));
}

/** Whether what an earlier page kept may be shown beside a row that the server answered. */
export function isKeptSuspect(
  { cursor, low, entries }: Range,
  { headRev, lastMessage }: Conversation,
): boolean {
  if (headRev < cursor) return true;
  if (lastMessage === null || lastMessage.rev > cursor || lastMessage.rev < low) return false;
  return !entries.some(
    (entry) => entry.rev === lastMessage.rev && 'id' in lastMessage && entry.id === lastMessage.id,
  );
}
