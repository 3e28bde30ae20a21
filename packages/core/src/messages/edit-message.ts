import { type ChangeMessageResult, ConfabError, type EditMessageInput } from '@confab/contract';
import { appendChange, toResult } from '../changes/append-change.ts';
import type { Actor, Core } from '../core.ts';

/**
 * Gives one's own message another text, and keeps the ones before. Answers when the edit is stored.
 * @throws ConfabError NOT_FOUND, FORBIDDEN (somebody else's), MESSAGE_DELETED, BLOCKED, CLIENT_ID_REUSED, RATE_LIMITED,
 * UNAVAILABLE (unknown: retry)
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
