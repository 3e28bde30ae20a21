import type { Conversation } from '@confab/contract';
import { isEqual } from './is-equal.ts';
import { preferencesAs, type PreferenceChange } from './preferences.ts';
import type { ConversationRow, TimelineItem } from './views.ts';

function activityOf(conversation: Conversation, preview: TimelineItem | null): string {
  if (preview === null) return conversation.lastActivityAt;
  if (preview.type === 'entry') return preview.entry.createdAt;
  // The device's clock: it may be slow, and a message just written must not sink.
  const { lastActivityAt } = conversation;
  const { createdAt } = preview.message;
  return createdAt > lastActivityAt ? createdAt : lastActivityAt;
}

/** The row of a conversation: the one before when nothing changed. */
export function rowOf(
  parts: Omit<ConversationRow, 'lastActivityAt'>,
  previous: ConversationRow | undefined,
): ConversationRow {
  const { conversation, preview, unread, readSeq, answered } = parts;
  const isSame =
    previous?.conversation === conversation &&
    previous.preview === preview &&
    previous.unread === unread &&
    previous.readSeq === readSeq &&
    previous.answered === answered;
  return isSame ? previous : { ...parts, lastActivityAt: activityOf(conversation, preview) };
}

/** Pinned ones first, then the latest activity; the id makes it one order. */
export function compareRows(a: ConversationRow, b: ConversationRow): number {
  const [isPinned, isOtherPinned] = [a, b].map(({ conversation }) => conversation.preferences.pinned);
  if (isPinned !== isOtherPinned) return isPinned === true ? -1 : 1;
  if (a.lastActivityAt !== b.lastActivityAt) return a.lastActivityAt < b.lastActivityAt ? 1 : -1;
  return a.conversation.id < b.conversation.id ? -1 : 1;
}

/** Out of the list until a message comes, from anybody: one of ours that is on its way is one. */
export function isHidden({ conversation, preview }: ConversationRow): boolean {
  const { hiddenSeq } = conversation.preferences;
  if (hiddenSeq === null || preview?.type === 'outgoing') return false;
  return (conversation.lastMessage?.rev ?? 0) <= hiddenSeq;
}

/** A conversation as the reader wants it, which the server does not know yet; `previous` when it is the same. */
export function asWanted(
  conversation: Conversation,
  wanted: PreferenceChange | null,
  previous: Conversation | undefined,
): Conversation {
  if (wanted === null) return conversation;
  const preferences = preferencesAs(conversation.preferences, wanted, conversation.lastMessage?.rev ?? 0);
  const next = { ...conversation, preferences };
  return previous !== undefined && isEqual(previous, next) ? previous : next;
}
