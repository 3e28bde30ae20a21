import type { EntryRecord } from '@confab/db';
import type { Core } from '../core.ts';
import type { Joined } from './view-conversations.ts';

/** So many conversations are asked about in one command. */
const askedAtOnce = 250;

/**
 * The last message that each reader may see, by conversation. The conversation's hint says from where to look, so one
 * command finds those of many: the hint is never above an acknowledged message, and what it does not know of yet stands
 * above it. Only where the hint ran ahead of the log, the log itself is asked.
 */
export async function lastMessages(
  core: Core,
  joined: readonly Joined[],
): Promise<ReadonlyMap<string, EntryRecord>> {
  const sought = joined.flatMap(({ conversation: { id, lastMessageSeq }, membership: { visibleFromRev } }) =>
    lastMessageSeq < visibleFromRev ? [] : [{ conversationId: id, from: lastMessageSeq, visibleFromRev }],
  );
  const found = new Map<string, EntryRecord>();
  const asked = Array.from({ length: Math.ceil(sought.length / askedAtOnce) }, (_, i) =>
    core.db.timeline.messagesFrom(sought.slice(i * askedAtOnce, (i + 1) * askedAtOnce)),
  );
  for (const entry of (await Promise.all(asked)).flat()) {
    if (entry.rev > (found.get(entry.conversationId)?.rev ?? 0)) found.set(entry.conversationId, entry);
  }
  const missing = sought.filter(({ conversationId }) => !found.has(conversationId));
  await Promise.all(
    missing.map(async ({ conversationId, visibleFromRev }) => {
      const last = await core.db.timeline.lastMessage(conversationId, visibleFromRev);
      if (last) found.set(conversationId, last);
    }),
  );
  return found;
}
