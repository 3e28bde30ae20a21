import type {
  Conversation,
  Entry,
  MemberChange,
  MemberEntry,
  MemberRole,
  MessageEntry,
  Preferences,
  SettingEntry,
} from '@confab/contract';
import { applyChange, isChange, joinMessages, normalised } from './fold.ts';
import { isEqual } from './is-equal.ts';

/** A conversation as the server last answered it, and what entries told since: answers and events overtake each other. */
export interface HeldConversation {
  readonly readerId: string;
  /** With the latest preferences that were heard of. */
  readonly answer: Conversation;
  /**
   * By rev; only entries that still matter: members' above the answer's head, settings' that the answer lacks, the last
   * message, the newest entry.
   */
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
  unbanned: 0,
  madeOwner: 0,
  madeModerator: 0,
  madeMember: 0,
  silenced: 0,
  unsilenced: 0,
};

const roleGiven: Partial<Record<MemberChange, MemberRole>> = {
  madeOwner: 'owner',
  madeModerator: 'moderator',
  madeMember: 'member',
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

/** What a change of the reader's own membership makes of their role, and of their leave to write. */
function withOwn(conversation: Conversation, { change, until }: MemberEntry): Conversation {
  const role = roleGiven[change];
  if (role !== undefined) return { ...conversation, role };
  if (change === 'silenced') return { ...conversation, silencedUntil: until ?? null };
  return change === 'unsilenced' ? { ...conversation, silencedUntil: null } : conversation;
}

function withMember(conversation: Conversation, entry: MemberEntry, readerId: string): Conversation {
  const memberCount = conversation.memberCount + memberCountChange[entry.change];
  const counted = { ...conversation, memberCount };
  return entry.userId === readerId ? withOwn(counted, entry) : counted;
}

/** Each setting is as the highest rev says. */
function withSetting(conversation: Conversation, { setting, value, rev }: SettingEntry): Conversation {
  if (rev <= conversation.settingsRev) return conversation;
  const next = { ...conversation, settingsRev: rev };
  switch (setting) {
    case 'name':
    case 'topic':
      return typeof value === 'string' ? { ...next, [setting]: value } : next;
    case 'slowModeSeconds':
      return typeof value === 'number' ? { ...next, slowModeSeconds: value } : next;
    case 'newMembersSeeHistory':
      return typeof value === 'boolean' ? { ...next, newMembersSeeHistory: value } : next;
  }
}

function after(conversation: Conversation, entry: Entry, readerId: string): Conversation {
  const isNewest = entry.rev > conversation.headRev;
  const next = { ...conversation, headRev: Math.max(conversation.headRev, entry.rev) };
  if (entry.kind === 'member') return isNewest ? withMember(next, entry, readerId) : next;
  // Heads may run ahead of the log: a message or setting at the head, or below it, can still be news.
  if (entry.kind === 'setting') return withSetting(next, entry);
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

/** Whether a member's or a setting's entry came after what the answer knew. */
function isLackedBy(answer: Conversation, entry: Entry): boolean {
  if (entry.kind === 'member') return entry.rev > answer.headRev;
  return entry.kind === 'setting' && entry.rev > answer.settingsRev;
}

function hold(
  { readerId, answer }: Pick<HeldConversation, 'readerId' | 'answer'>,
  entries: readonly Entry[],
  previous: Conversation | null,
): HeldConversation {
  const sorted = byRev(entries);
  const lastMessage = sorted.findLast((entry) => entry.kind === 'message');
  const newest = sorted.at(-1);
  const since = sorted.filter(
    (entry) => entry === lastMessage || entry === newest || isLackedBy(answer, entry),
  );
  const current = since.reduce((conversation, entry) => after(conversation, entry, readerId), answer);
  return {
    readerId,
    answer,
    since,
    current: previous !== null && isEqual(previous, current) ? previous : current,
  };
}

/**
 * An answer with a lower head than the one before was overtaken by it. With an equal one it may have been, for a head
 * may run ahead of the log: the last message that was heard of stays one.
 */
export function withAnswer(
  held: HeldConversation | undefined,
  given: Conversation,
  readerId: string,
): HeldConversation {
  const last = lastMessageOf(given);
  const whole = last === null ? given : { ...given, lastMessage: normalised(last) };
  if (held === undefined) return { readerId, answer: whole, since: [], current: whole };
  if (whole.headRev < held.answer.headRev) return withPreferences(held, given.preferences);
  const answer = { ...whole, preferences: later(held.answer.preferences, given.preferences) };
  const known = lastMessageOf(held.current);
  return hold({ readerId, answer }, known === null ? held.since : [...held.since, known], held.current);
}

/** Of one version there is one state; what a page restored may hold wishes that the server never heard of. */
function later(known: Preferences, given: Preferences): Preferences {
  return given.version >= known.version ? given : known;
}

/** Preferences heard of, in whatever order. */
export function withPreferences(held: HeldConversation, given: Preferences): HeldConversation {
  const preferences = later(held.answer.preferences, given);
  if (isEqual(preferences, held.answer.preferences)) return held;
  return hold({ ...held, answer: { ...held.answer, preferences } }, held.since, held.current);
}

/** Changes of the last message, folded into it: the answer's copy knows them from then on, whichever comes later. */
function withChanges(held: HeldConversation, entries: readonly Entry[]): HeldConversation {
  const last = lastMessageOf(held.current);
  if (last === null) return held;
  const changed = entries.filter(isChange).reduce(applyChange, last);
  return changed === last ? held : hold(held, [...held.since, changed], held.current);
}

/** Entries of its log, in whatever order they come. Duplicates change nothing. */
export function withEntries(held: HeldConversation, entries: readonly Entry[]): HeldConversation {
  const news = entries.filter((entry) => {
    const isHigher = entry.rev > held.current.headRev;
    return isHigher || isLackedBy(held.answer, entry) || isNewMessage(held.current, entry);
  });
  const grown = news.length === 0 ? held : hold(held, [...held.since, ...news], held.current);
  return withChanges(grown, entries);
}

/** True when one of these changes is about a message later than the last one held: only the server can tell it. */
export function isUnknownMessage({ current }: HeldConversation, entries: readonly Entry[]): boolean {
  const last = current.lastMessage?.rev ?? current.from - 1;
  return entries.some((entry) => isChange(entry) && entry.seq > last);
}

/**
 * True when one of these tells of the reader's own role or silence, and what is held may not know it: an answer read
 * meanwhile may be older, and a head that ran ahead of the log hides that the entry is news.
 */
export function concernsReader(
  { answer, current, readerId }: HeldConversation,
  entries: readonly Entry[],
): boolean {
  return entries.some(
    (entry) =>
      entry.kind === 'member' &&
      entry.userId === readerId &&
      memberCountChange[entry.change] === 0 &&
      (entry.rev > answer.headRev || !isEqual(withOwn(current, entry), current)),
  );
}
