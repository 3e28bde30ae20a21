import type { MessagePull, MessagePullInput } from '@confab/contract';
import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { readEntries } from '../timeline/read-entries.ts';

/** What came after the device's cursor. @throws ConfabError NOT_FOUND */
export async function pullMessages(core: Core, actor: Actor, input: MessagePullInput): Promise<MessagePull> {
  const { conversationId, limit } = input;
  const { visibleFromRev: from } = await accessConversation(core, actor, conversationId);
  const after = Math.max(input.after, from - 1);
  const stored = await core.db.timeline.listAbove({ conversationId, after, limit });
  const entries = await readEntries(core, { conversationId, firstRev: after + 1, stored });
  return { epoch: core.db.epoch, entries, from, more: stored.length === limit };
}
