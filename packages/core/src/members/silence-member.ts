import { ConfabError, type SilenceInput } from '@confab/contract';
import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { changeMember, untilDone } from './change-membership.ts';
import { findOther } from './find-other.ts';
import { requireModerator, requireRankAbove } from './require-rank.ts';

/**
 * Keeps a member of a group or room from writing for so many minutes; 0 lets them write again. Owners and moderators
 * may, and only below their rank. They go on reading, and may take back what they wrote.
 * @throws ConfabError NOT_FOUND (no access, or nobody of the conversation), FORBIDDEN, RATE_LIMITED, UNAVAILABLE (retry)
 */
export async function silenceMember(
  core: Core,
  actor: Actor,
  { conversationId, userId, minutes }: SilenceInput,
): Promise<void> {
  await core.limits.changes.consume(actor.userId);
  await untilDone(async () => {
    const own = await accessConversation(core, actor, conversationId);
    requireModerator(own);
    if (userId === actor.userId) throw new ConfabError('FORBIDDEN');
    const target = await findOther(core, conversationId, userId);
    requireRankAbove(own, target);
    const by = { byId: actor.userId, countDelta: 0 as const };
    if (minutes > 0) {
      const until = new Date(core.now().getTime() + minutes * 60_000);
      return changeMember(core, target, {
        silencedUntil: until,
        unrecorded: { change: 'silenced', ...by, until },
      });
    }
    if ((target.silencedUntil?.getTime() ?? 0) <= core.now().getTime()) return true;
    return changeMember(core, target, {
      silencedUntil: null,
      unrecorded: { change: 'unsilenced', ...by },
    });
  });
}
