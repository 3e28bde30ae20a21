import { ConfabError, type Conversation } from '@confab/contract';
import { DuplicateKeyError, type NewConversation, type NewMembership } from '@confab/db';
import type { Actor, Core } from '../core.ts';
import { derivedClientId } from '../hash.ts';
import { getConversation } from './get-conversation.ts';

/**
 * Creates a conversation of any kind once, however often and from however many places it is tried: its id derives
 * from what makes it unique. Memberships come first, and again on a retry, so that a process that dies in between
 * leaves nothing that a retry does not complete.
 * @throws ConfabError CLIENT_ID_REUSED when it was created by another request
 */
export async function createConversation(
  core: Core,
  actor: Actor,
  fields: Omit<NewConversation, 'createdBy' | 'createdAt' | 'memberCount'> & { memberIds: readonly string[] },
): Promise<Conversation> {
  const { memberIds, ...conversation } = fields;
  const createdAt = core.now();
  const existing = await core.db.conversations.findById(conversation.id);
  if (existing && existing.bodyHash !== conversation.bodyHash) throw new ConfabError('CLIENT_ID_REUSED');
  await core.db.memberships.createMissing(
    memberIds.map((userId, i): NewMembership => ({
      userId,
      conversationId: conversation.id,
      role: userId === actor.userId && conversation.kind !== 'direct' ? 'owner' : 'member',
      // A millisecond apart, so that lists of members keep this order: the creator first.
      joinedAt: new Date(createdAt.getTime() + i),
      visibleFromRev: 1,
      deliveredSeq: 0,
      readSeq: 0,
      unrecorded: null,
    })),
  );
  await insertOnce(core, {
    ...conversation,
    createdBy: actor.userId,
    createdAt,
    memberCount: memberIds.length,
  });
  if (conversation.kind !== 'direct') await appendCreated(core, actor, conversation);
  await Promise.all(
    memberIds.map((userId) =>
      core.announce.toUser(userId, { type: 'conversation.joined', conversationId: conversation.id }),
    ),
  );
  return (await getConversation(core, actor, conversation.id)).conversation;
}

async function insertOnce(core: Core, conversation: NewConversation): Promise<void> {
  try {
    await core.db.conversations.insert(conversation);
    core.log.info('conversation.created', { conversationId: conversation.id, kind: conversation.kind });
  } catch (error) {
    if (!(error instanceof DuplicateKeyError)) throw error;
    const existing = await core.db.conversations.findById(conversation.id);
    if (existing?.bodyHash !== conversation.bodyHash) throw new ConfabError('CLIENT_ID_REUSED');
  }
}

async function appendCreated(core: Core, actor: Actor, { id, bodyHash }: { id: string; bodyHash: string }) {
  await core.timeline.append({
    conversationId: id,
    needs: 'nothing',
    draft: {
      kind: 'created',
      senderId: actor.userId,
      clientId: derivedClientId('created', id),
      bodyHash,
      createdAt: core.now(),
    },
  });
}
