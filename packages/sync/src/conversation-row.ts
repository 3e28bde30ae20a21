import type { Conversation } from '@confab/contract';
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
  const { conversation, preview, unread, readSeq } = parts;
  const isSame =
    previous?.conversation === conversation &&
    previous.preview === preview &&
    previous.unread === unread &&
    previous.readSeq === readSeq;
  return isSame ? previous : { ...parts, lastActivityAt: activityOf(conversation, preview) };
}

/** Latest activity first; the id makes it one order. */
export function compareRows(a: ConversationRow, b: ConversationRow): number {
  if (a.lastActivityAt !== b.lastActivityAt) return a.lastActivityAt < b.lastActivityAt ? 1 : -1;
  return a.conversation.id < b.conversation.id ? -1 : 1;
}
