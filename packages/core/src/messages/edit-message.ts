import { type ChangeMessageResult, ConfabError, type EditMessageInput } from '@confab/contract';
import { appendChange, toResult } from '../changes/append-change.ts';
import type { Actor, Core } from '../core.ts';

/**
 * Gives one's own message another text, and keeps the ones before. Answers when the edit is stored. In slow mode it is a
 * turn like a message: otherwise one message, edited again and again, would say as much as many.
 * @throws ConfabError NOT_FOUND, FORBIDDEN (somebody else's), MESSAGE_DELETED, BLOCKED, SILENCED, SLOW_MODE,
 * CLIENT_ID_REUSED, RATE_LIMITED, UNAVAILABLE (unknown: retry)
 */
export async function editMessage(
  core: Core,
  actor: Actor,
  { text, ...ids }: EditMessageInput,
): Promise<ChangeMessageResult> {
  const edit = await appendChange(core, actor, {
    ...ids,
    body: { kind: 'edit', text },
    admit({ message }) {
      if (message.senderId !== actor.userId) throw new ConfabError('FORBIDDEN');
      if (message.deletedRev !== undefined) throw new ConfabError('MESSAGE_DELETED');
      return null;
    },
  });
  core.changes.applyLater(edit);
  return toResult(core, edit);
}
