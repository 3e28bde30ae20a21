import { type ChangeMessageResult, ConfabError } from '@confab/contract';
import {
  type ChangeRecord,
  type EntryDraft,
  isChange,
  type MembershipRecord,
  type MessageRecord,
} from '@confab/db';
import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { bodyHash } from '../hash.ts';
import { toChangeEntry } from '../timeline/entry-view.ts';

type ChangeBody =
  | { readonly kind: 'edit'; readonly text: string }
  | { readonly kind: 'deletion' }
  | { readonly kind: 'reaction'; readonly emoji: string; readonly on: boolean };

interface ChangeRequest {
  readonly conversationId: string;
  readonly messageId: string;
  readonly clientId: string;
  readonly body: ChangeBody;
  /**
   * Throws where this actor may not make this change of this message. A stored change in return stands for this one,
   * and nothing is stored.
   */
  readonly admit: (scene: {
    message: MessageRecord;
    membership: MembershipRecord;
  }) => Promise<ChangeRecord | null> | null;
}

/**
 * Stores a change of a message as an entry of the log, once.
 * @throws ConfabError NOT_FOUND (no access; no such message, or none that this member sees), SILENCED,
 * CLIENT_ID_REUSED, RATE_LIMITED, UNAVAILABLE (unknown: retry), and what `admit` throws
 */
export async function appendChange(core: Core, actor: Actor, request: ChangeRequest): Promise<ChangeRecord> {
  const { conversationId, messageId, clientId, body } = request;
  await core.limits.changes.consume(actor.userId);
  const [membership, message] = await Promise.all([
    accessConversation(core, actor, conversationId),
    core.db.timeline.findMessage(conversationId, messageId),
  ]);
  const { kind, ...content } = body;
  const hash = bodyHash(kind, messageId, ...Object.values(content));
  let draft: EntryDraft;
  try {
    if (!message || message.rev < membership.visibleFromRev) throw new ConfabError('NOT_FOUND');
    const stands = await request.admit({ message, membership });
    if (stands) return stands;
    const who = { senderId: actor.userId, clientId, bodyHash: hash, createdAt: core.now() };
    draft = { ...body, ...who, messageId, seq: message.rev, pending: true };
  } catch (refusal) {
    // Perhaps it was stored by an earlier attempt, and the device was not told: the append answers it like any retry.
    const stored = await core.db.timeline.findByClientId(conversationId, actor.userId, clientId);
    if (!stored) throw refusal;
    draft = { ...stored, bodyHash: hash };
  }
  // Whoever is silenced may still take back what they wrote.
  const needs = kind === 'deletion' ? 'membership' : 'voice';
  const stored = await core.timeline.append({ conversationId, needs, draft });
  if (!isChange(stored)) throw new Error(`entry ${stored.id} is no change`);
  const { rev, seq } = stored;
  core.log.info('message.changed', { conversationId, userId: actor.userId, kind, rev, seq });
  return stored;
}

export function toResult(core: Core, change: ChangeRecord): ChangeMessageResult {
  return { epoch: core.db.epoch, entry: toChangeEntry(change) };
}
