import { ConfabError, limits, type MessageVersions } from '@confab/contract';
import type { EntryRecord } from '@confab/db';
import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';

/** A message's first text and its last edits. @throws ConfabError NOT_FOUND */
export async function listVersions(
  core: Core,
  actor: Actor,
  { conversationId, messageId }: { conversationId: string; messageId: string },
): Promise<MessageVersions> {
  const { timeline } = core.db;
  const query = { conversationId, messageId };
  const [{ visibleFromRev }, edits] = await Promise.all([
    accessConversation(core, actor, conversationId),
    timeline.listOfTarget({ ...query, kind: 'edit', limit: limits.versionsMax - 1 }),
  ]);
  // After the edits: where they were read half blanked, the message is deleted by now.
  const [message, deletions] = await Promise.all([
    timeline.findMessage(conversationId, messageId),
    timeline.listOfTarget({ ...query, kind: 'deletion', limit: 1 }),
  ]);
  if (!message || message.rev < visibleFromRev) throw new ConfabError('NOT_FOUND');
  if (message.deletedRev !== undefined || deletions.length > 0) return { versions: [] };
  return { versions: [message, ...edits.toReversed()].flatMap(toVersion) };
}

function toVersion(entry: EntryRecord): MessageVersions['versions'][number][] {
  if (entry.kind !== 'message' && entry.kind !== 'edit') return [];
  return [{ rev: entry.rev, text: entry.text, createdAt: entry.createdAt.toISOString() }];
}
