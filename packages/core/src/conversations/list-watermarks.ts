import { ConfabError, limits, type Watermarks } from '@confab/contract';
import type { Actor, Core } from '../core.ts';
import { accessConversation } from './access-conversation.ts';
import { toWatermark } from './mark-conversation.ts';

/** Of every member of a direct conversation or group; of the actor alone in a room. @throws ConfabError NOT_FOUND */
export async function listWatermarks(core: Core, actor: Actor, conversationId: string): Promise<Watermarks> {
  const [own, conversation] = await Promise.all([
    accessConversation(core, actor, conversationId),
    core.db.conversations.findById(conversationId),
  ]);
  if (!conversation) throw new ConfabError('NOT_FOUND');
  const query = { conversationId, after: null, limit: limits.groupMembersMax };
  const shown = conversation.kind === 'room' ? [own] : await core.db.memberships.listOfConversation(query);
  return {
    epoch: core.db.epoch,
    watermarks: shown.map((membership) => toWatermark(membership.userId, membership)),
  };
}
