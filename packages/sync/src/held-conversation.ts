import type { Conversation, Entry, MemberChange, MessageEntry } from '@confab/contract';
import { applyChange, isChange, joinMessages, normalised } from './fold.ts';
import { isEqual } from './is-equal.ts';

/** A conversation as the server last answered it, and what entries told since: answers and events overtake each other. */
export interface HeldConversation {
  readonly answer: Conversation;
  /** By rev; only entries that still matter: members' above the answer's head, the last message, the newest entry. */
  readonly since: readonly Entry[];
  /** The answer with these entries applied. The same object until something changes. */
  readonly current: Conversation;
}

const memberCountChange: Record<MemberChange, number> = {
  joined: 1,
  added: 1,
  left: -1,
  removed: -1,
  banned: -1,
};

/** Below `from` lies the answer to a send from before leaving and joining again: not ours to see any more. */
function isNewMessage(conversation: Conversation, entry: Entry): boolean {
  return entry.kind === 'message' && entry.rev > (conversation.lastMessage?.rev ?? conversation.from - 1);
}

function lastMessageOf({ lastMessage }: Conversation): MessageEntry | null {
  return lastMessage?.kind === 'message' ? lastMessage : null;
}

function withMessage(conversation: Conversation, message: MessageEntry): Conversation {
  const last = lastMessageOf(conversation);
  if (last?.id === message.id) return { ...conversation, lastMessage: joinMessages(last, message) };
  if (!isNewMessage(conversation, message)) return conversation;
  const lastActivityAt = [conversation.lastActivityAt, message.createdAt].sort().at(-1) ?? message.createdAt;
  return { ...conversation, lastMessage: normalised(message), lastActivityAt };
}

function after(conversation: Conversation, entry: Entry): Conversation {
  const isNewest = entry.rev > conversation.headRev;
  const next = { ...conversation, headRev: Math.max(conversation.headRev, entry.rev) };
  if (entry.kind === 'member' && isNewest) next.memberCount += memberCountChange[entry.change];
  // Heads may run ahead of the log: a message at the head, or below it, can still be news.
  return entry.kind === 'message' ? withMessage(next, entry) : next;
}

/** Of two copies of one entry, what both know. */
function byRev(entries: readonly Entry[]): Entry[] {
  const found = new Map<number, Entry>();
  for (const entry of entries) {
    const known = found.get(entry.rev);
    const isMessage = known?.kind === 'message' && entry.kind === 'message';
    found.set(entry.rev, isMessage ? joinMessages(known, entry) : entry);
  }
  return [...found.values()].sort((a, b) => a.rev - b.rev);
}

function hold(
  answer: Conversation,
  entries: readonly Entry[],
  previous: Conversation | null,
): HeldConversation {
  const sorted = byRev(entries);
  const lastMessage = sorted.findLast((entry) => entry.kind === 'message');
  const newest = sorted.at(-1);
  const since = sorted.filter(
    (entry) =>
      entry === lastMessage || entry === newest || (entry.kind === 'member' && entry.rev > answer.headRev),
  );
  const current = since.reduce(after, answer);
  return { answer, since, current: previous !== null && isEqual(previous, current) ? previous : current };
}

/**
 * An answer with a lower head than the one before was overtaken by it. With an equal one it may have been, for a head
 * may run ahead of the log: the last message that was heard of stays one.
 */
export function withAnswer(held: HeldConversation | undefined, given: Conversation): HeldConversation {
  const last = lastMessageOf(given);
  const answer = last === null ? given : { ...given, lastMessage: normalised(last) };
  if (held === undefined) return { answer, since: [], current: answer };
  if (answer.headRev < held.answer.headRev) return held;
  const known = lastMessageOf(held.current);
  return hold(answer, known === null ? held.since : [...held.since, known], held.current);
}

/** Changes of the last message, folded into it: the answer's copy knows them from then on, whichever comes later. */
function withChanges(held: HeldConversation, entries: readonly Entry[]): HeldConversation {
  const last = lastMessageOf(held.current);
  if (last === null) return held;
  const changed = entries.filter(isChange).reduce(applyChange, last);
  return changed === last ? held : hold(held.answer, [...held.since, changed], held.current);
}

/** Entries of its log, in whatever order they come. Duplicates change nothing. */
export function withEntries(held: HeldConversation, entries: readonly Entry[]): HeldConversation {
  const news = entries.filter((entry) => {
    const isCountable = entry.kind === 'member' && entry.rev > held.answer.headRev;
    return entry.rev > held.current.headRev || isCountable || isNewMessage(held.current, entry);
  });
  const grown = news.length === 0 ? held : hold(held.answer, [...held.since, ...news], held.current);
  return withChanges(grown, entries);
}

/** True when one of these changes is about a message later than the last one held: only the server can tell it. */
export function isUnknownMessage({ current }: HeldConversation, entries: readonly Entry[]): boolean {
  const last = current.lastMessage?.rev ?? current.from - 1;
  return entries.some((entry) => isChange(entry) && entry.seq > last);
}
