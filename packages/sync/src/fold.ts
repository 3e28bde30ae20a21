import {
  reactionKey,
  type ChangeEntry,
  type Entry,
  type MessageEntry,
  type ReactionState,
} from '@confab/contract';
import type { VisibleEntry } from './views.ts';

type Reactions = Readonly<Record<string, ReactionState>>;

/** True for an entry that changes a message and has no row of its own. */
export function isChange(entry: Entry): entry is ChangeEntry {
  return entry.kind === 'edit' || entry.kind === 'deletion' || entry.kind === 'reaction';
}

/** True for an entry that has a row of its own. */
export function isVisible(entry: Entry): entry is VisibleEntry {
  return entry.kind !== 'void' && !isChange(entry);
}

/** The one form of a deleted message, whatever was applied to it before: two orders of changes end in the same. */
function deleted(message: MessageEntry, rev: number): MessageEntry {
  const { textRev, reactions, deletedRev, ...rest } = message;
  const isSame = deletedRev !== undefined && deletedRev <= rev;
  if (isSame && message.text === '' && textRev === undefined && reactions === undefined) return message;
  return { ...rest, text: '', deletedRev: Math.min(rev, deletedRev ?? rev) };
}

/** A message as a page or event brings it, in the form that folding gives it. */
export function normalised<T extends VisibleEntry>(entry: T): T | MessageEntry {
  return entry.kind === 'message' && entry.deletedRev !== undefined
    ? deleted(entry, entry.deletedRev)
    : entry;
}

function withReaction(message: MessageEntry, key: string, state: ReactionState): MessageEntry {
  if ((message.reactions?.[key]?.rev ?? 0) >= state.rev) return message;
  return { ...message, reactions: { ...message.reactions, [key]: state } };
}

/**
 * A message with one change folded in: of each part the highest rev wins, a deletion absorbs everything. The same
 * object when the change is not about it, or was folded already. Any order of changes gives the same state.
 */
export function applyChange(message: MessageEntry, change: ChangeEntry): MessageEntry {
  if (change.messageId !== message.id) return message;
  if (change.kind === 'deletion') return deleted(message, change.rev);
  if (message.deletedRev !== undefined) return message;
  if (change.kind === 'reaction') {
    const key = reactionKey(change.senderId, change.emoji);
    return withReaction(message, key, { rev: change.rev, on: change.on });
  }
  // An edit without its text was redacted by a deletion, which comes further on in the log.
  if (change.text === '' || change.rev <= (message.textRev ?? 0)) return message;
  return { ...message, text: change.text, textRev: change.rev };
}

function joinReactions(message: MessageEntry, reactions: Reactions = {}): MessageEntry {
  return Object.entries(reactions).reduce(
    (joined, [key, state]) => withReaction(joined, key, state),
    message,
  );
}

/** Two states of one message as one: what either of them knows. `a` itself when `b` knows nothing more. */
export function joinMessages(a: MessageEntry, b: MessageEntry): MessageEntry {
  if (a.id !== b.id) return a;
  const deletedRevs = [a.deletedRev, b.deletedRev].filter((rev) => rev !== undefined);
  if (deletedRevs.length > 0) return deleted(a, Math.min(...deletedRevs));
  const isLaterText = (b.textRev ?? 0) > (a.textRev ?? 0);
  const texted = isLaterText ? { ...a, text: b.text, textRev: b.textRev } : a;
  return joinReactions(texted, b.reactions);
}

/** Where the entry of this rev stands, among entries by rev; -1 when it is not there. */
function indexOf(entries: readonly VisibleEntry[], rev: number): number {
  let low = 0;
  let high = entries.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = entries[middle]?.rev ?? 0;
    if (found === rev) return middle;
    if (found < rev) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Entries by rev with the changes among `log` folded in; every unchanged entry, and an unchanged list, as it was. */
export function foldInto(entries: readonly VisibleEntry[], log: readonly Entry[]): readonly VisibleEntry[] {
  let folded: VisibleEntry[] | null = null;
  for (const change of log) {
    if (!isChange(change)) continue;
    const index = indexOf(folded ?? entries, change.seq);
    const target = (folded ?? entries)[index];
    if (target?.kind !== 'message') continue;
    const changed = applyChange(target, change);
    if (changed === target) continue;
    folded ??= [...entries];
    folded[index] = changed;
  }
  return folded ?? entries;
}
