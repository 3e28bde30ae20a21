import type { Conversation, Entry, MemberChange } from '@confab/contract';

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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Of plain data, whatever the order of its keys: a socket and an HTTP answer may differ in it. */
function isEqual(a: unknown, b: unknown): boolean {
  if (!isRecord(a) || !isRecord(b)) return Object.is(a, b);
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => isEqual(a[key], b[key]));
}

/** Below `from` lies the answer to a send from before leaving and joining again: not ours to see any more. */
function isNewMessage(conversation: Conversation, entry: Entry): boolean {
  return entry.kind === 'message' && entry.rev > (conversation.lastMessage?.rev ?? conversation.from - 1);
}

function after(conversation: Conversation, entry: Entry): Conversation {
  const isNewest = entry.rev > conversation.headRev;
  const next = { ...conversation, headRev: Math.max(conversation.headRev, entry.rev) };
  if (entry.kind === 'member' && isNewest) next.memberCount += memberCountChange[entry.change];
  // Heads may run ahead of the log: a message at the head, or below it, can still be news.
  if (entry.kind !== 'message' || !isNewMessage(conversation, entry)) return next;
  const lastActivityAt = [conversation.lastActivityAt, entry.createdAt].sort().at(-1) ?? entry.createdAt;
  return { ...next, lastMessage: entry, lastActivityAt };
}

function hold(
  answer: Conversation,
  entries: readonly Entry[],
  previous: Conversation | null,
): HeldConversation {
  const byRev = new Map(entries.map((entry) => [entry.rev, entry]));
  const sorted = [...byRev.values()].sort((a, b) => a.rev - b.rev);
  const lastMessage = sorted.findLast((entry) => entry.kind === 'message');
  const newest = sorted.at(-1);
  const since = sorted.filter(
    (entry) =>
      entry === lastMessage || entry === newest || (entry.kind === 'member' && entry.rev > answer.headRev),
  );
  const current = since.reduce(after, answer);
  return { answer, since, current: previous !== null && isEqual(previous, current) ? previous : current };
}

/** An answer with a lower head than the one before was overtaken by it. */
export function withAnswer(held: HeldConversation | undefined, answer: Conversation): HeldConversation {
  if (held === undefined) return { answer, since: [], current: answer };
  return answer.headRev < held.answer.headRev ? held : hold(answer, held.since, held.current);
}

/** Entries of its log, in whatever order they come. Duplicates change nothing. */
export function withEntries(held: HeldConversation, entries: readonly Entry[]): HeldConversation {
  const news = entries.filter((entry) => {
    const isCountable = entry.kind === 'member' && entry.rev > held.answer.headRev;
    return entry.rev > held.current.headRev || isCountable || isNewMessage(held.current, entry);
  });
  return news.length === 0 ? held : hold(held.answer, [...held.since, ...news], held.current);
}
