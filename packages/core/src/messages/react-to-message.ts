import {
  type ChangeMessageResult,
  ConfabError,
  limits,
  reactionKey,
  type ReactToMessageInput,
} from '@confab/contract';
import { appendChange, toResult } from '../changes/append-change.ts';
import type { Actor, Core } from '../core.ts';

/**
 * Puts an emoji on a message, or takes it back. Answers when the reaction is stored.
 *
 * The bound on reactions is checked here and not where they are applied: what the log holds, every device folds, so the
 * database must not leave out what they show. So as many as are under way at once may pass it.
 * @throws ConfabError NOT_FOUND, MESSAGE_DELETED, REACTIONS_FULL, BLOCKED, CLIENT_ID_REUSED, RATE_LIMITED,
 * UNAVAILABLE (unknown: retry)
 */
export async function reactToMessage(
  core: Core,
  actor: Actor,
  { emoji, on, ...ids }: ReactToMessageInput,
): Promise<ChangeMessageResult> {
  const reaction = await appendChange(core, actor, {
    ...ids,
    body: { kind: 'reaction', emoji, on },
    admit({ message: { deletedRev, reactions = {} } }) {
      if (deletedRev !== undefined) throw new ConfabError('MESSAGE_DELETED');
      const isNew = !Object.hasOwn(reactions, reactionKey(actor.userId, emoji));
      if (isNew && Object.keys(reactions).length >= limits.reactionsPerMessageMax) {
        throw new ConfabError('REACTIONS_FULL');
      }
      return null;
    },
  });
  core.changes.applyLater(reaction);
  return toResult(core, reaction);
}
