import { type ChangeMessageResult, ConfabError, type DeleteMessageInput } from '@confab/contract';
import type { ChangeRecord, MessageRecord } from '@confab/db';
import { appendChange, toResult } from '../changes/append-change.ts';
import type { Actor, Core } from '../core.ts';

/**
 * Deletes a message for everyone: one's own within the configured time, anybody's for owners and moderators. Answers
 * when its texts are gone from the database. Deleting what is deleted already is answered with the deletion that is
 * stored.
 * @throws ConfabError NOT_FOUND, FORBIDDEN (somebody else's), TOO_LATE, CLIENT_ID_REUSED, RATE_LIMITED,
 * UNAVAILABLE (unknown: retry)
 */
export async function deleteMessage(
  core: Core,
  actor: Actor,
  ids: DeleteMessageInput,
): Promise<ChangeMessageResult> {
  const deletion = await appendChange(core, actor, {
    ...ids,
    body: { kind: 'deletion' },
    async admit({ message, membership: { role } }) {
      // In direct conversations everybody is a plain member.
      const moderates = role !== 'member';
      if (message.senderId !== actor.userId && !moderates) throw new ConfabError('FORBIDDEN');
      if (message.deletedRev !== undefined) return storedDeletion(core, message);
      if (!moderates && isTooLate(core, message)) throw new ConfabError('TOO_LATE');
      return null;
    },
  });
  await core.changes.apply(deletion);
  return toResult(core, deletion);
}

async function storedDeletion(core: Core, { conversationId, id }: MessageRecord): Promise<ChangeRecord> {
  const query = { conversationId, messageId: id, kind: 'deletion' as const, limit: 1 };
  const [deletion] = await core.db.timeline.listOfTarget(query);
  if (!deletion) throw new Error(`message ${id} is deleted, and no entry says so`);
  return deletion;
}

function isTooLate({ now, deleteWindowMs }: Core, { createdAt }: MessageRecord): boolean {
  return deleteWindowMs > 0 && now().getTime() - createdAt.getTime() > deleteWindowMs;
}
