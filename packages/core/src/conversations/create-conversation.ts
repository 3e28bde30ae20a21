import { ConfabError, type Conversation } from '@confab/contract';
import { DuplicateKeyError, type NewConversation, type NewMembership } from '@confab/db';
import type { Actor, Core } from '../core.ts';
import { derivedClientId } from '../hash.ts';
import { getConversation } from './get-conversation.ts';

type Creation = Omit<NewConversation, 'createdBy' | 'createdAt' | 'memberCount'> & {
  readonly memberIds: readonly string[];
};

/**
 * Creates a conversation of any kind once, however often and from however many places it is tried: its id derives
 * from what makes it unique.
 *
 * A group comes before its members: whom a request brings in is settled by the one that the id belongs to, and until
 * the members are there it is in nobody's list. A room comes after its only member, since it is in the directory at
 * once, and must not be there for others to enter without an owner. A process that dies in between leaves in both
 * cases what the same request completes.
 * @throws ConfabError CLIENT_ID_REUSED when it was created by another request; nobody was brought in then
 */
export async function createConversation(
  core: Core,
  actor: Actor,
  creation: Creation,
): Promise<Conversation> {
  const { memberIds, ...fields } = creation;
  const { id, kind, bodyHash } = fields;
  const createdAt = core.now();
  const conversation = { ...fields, createdBy: actor.userId, createdAt, memberCount: memberIds.length };
  const existing = await core.db.conversations.findById(id);
  if (existing && existing.bodyHash !== bodyHash) throw new ConfabError('CLIENT_ID_REUSED');
  let isNew = false;
  if (kind === 'group' && !existing) isNew = await insertOnce(core, conversation);
  await core.db.memberships.createMissing(firstMembers(creation, actor, createdAt));
  if (kind !== 'group') isNew = await insertOnce(core, conversation);
  if (kind !== 'direct') await appendCreated(core, actor, creation);
  // Of a group or room that was there, people may have gone since.
  const told = isNew || kind === 'direct' ? memberIds : await stillIn(core, creation);
  await Promise.all(
    told.map((userId) => core.announce.toUser(userId, { type: 'conversation.joined', conversationId: id })),
  );
  return (await getConversation(core, actor, id)).conversation;
}

async function stillIn(core: Core, { id, memberIds }: Creation): Promise<string[]> {
  const memberships = await core.db.memberships.findMany(memberIds, id);
  return memberships.filter(({ status }) => status === 'active').map(({ userId }) => userId);
}

function firstMembers({ id, kind, memberIds }: Creation, actor: Actor, createdAt: Date): NewMembership[] {
  return memberIds.map((userId, i) => ({
    userId,
    conversationId: id,
    role: userId === actor.userId && kind !== 'direct' ? 'owner' : 'member',
    // A millisecond apart, so that lists of members keep this order: the creator first.
    joinedAt: new Date(createdAt.getTime() + i),
    visibleFromRev: 1,
    deliveredSeq: 0,
    readSeq: 0,
    ...(kind === 'group' && { seat: i }),
    unrecorded: null,
  }));
}

/** @returns whether it was not there before @throws ConfabError CLIENT_ID_REUSED */
async function insertOnce(core: Core, conversation: NewConversation): Promise<boolean> {
  try {
    await core.db.conversations.insert(conversation);
    core.log.info('conversation.created', { conversationId: conversation.id, kind: conversation.kind });
    return true;
  } catch (error) {
    if (!(error instanceof DuplicateKeyError)) throw error;
    const existing = await core.db.conversations.findById(conversation.id);
    if (existing?.bodyHash !== conversation.bodyHash) throw new ConfabError('CLIENT_ID_REUSED');
    return false;
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
