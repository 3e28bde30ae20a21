import type { MessagePull, MessagePullInput } from '@confab/contract';
import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { withoutHoles } from '../timeline/without-holes.ts';
import { viewEntries } from './page-messages.ts';

/**
 * What came after the device's cursor. Its messages need no folding: whatever they do not show yet is an entry above
 * them, which this pull or the next one brings.
 * @throws ConfabError NOT_FOUND
 */
export async function pullMessages(core: Core, actor: Actor, input: MessagePullInput): Promise<MessagePull> {
  const { conversationId, limit } = input;
  const { visibleFromRev: from } = await accessConversation(core, actor, conversationId);
  const after = Math.max(input.after, from - 1);
  const { entries: stored, more } = await core.db.timeline.listAbove({ conversationId, after, limit });
  const entries = await withoutHoles(core, { conversationId, firstRev: after + 1, stored });
  return {
    epoch: core.db.epoch,
    entries: viewEntries(entries, from),
    from,
    more,
  };
}
