import type { MessagePage, MessagePageInput } from '@confab/contract';
import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { readEntries } from '../timeline/read-entries.ts';

/** One stretch of history, found by one index seek. @throws ConfabError NOT_FOUND */
export async function pageMessages(core: Core, actor: Actor, input: MessagePageInput): Promise<MessagePage> {
  const { conversationId, before = Number.MAX_SAFE_INTEGER, limit } = input;
  const { visibleFromRev: from } = await accessConversation(core, actor, conversationId);
  const newestFirst = await core.db.timeline.listBelow({ conversationId, from, before, limit });
  const stored = newestFirst.reverse();
  // A full page may begin anywhere; one that is not full reaches down to the first visible entry.
  const firstRev = stored.length === limit ? (stored[0]?.rev ?? from) : from;
  return {
    epoch: core.db.epoch,
    entries: await readEntries(core, { conversationId, firstRev, stored }),
    cursor: stored.at(-1)?.rev ?? from - 1,
    from,
  };
}
