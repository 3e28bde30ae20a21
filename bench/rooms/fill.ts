import type { Backend } from '@confab/api';
import { type Account, newClientId } from '../send/crowd.ts';

/*
 * What is measured has to be there first. It is written straight into the stores, in the form in which the product
 * writes it: through the front door it would take hours, and measure that.
 */

const batch = 1_000;
const consonants = 'bcdfghjklmnprstvwxyz';
const vowels = 'aeiou';

function batches<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / batch) }, (_, i) =>
    items.slice(i * batch, (i + 1) * batch),
  );
}

/** A million different names of three syllables, in no order. */
export function nameOf(index: number): string {
  let rest = (index * 7_919 + 1) % 1_000_000;
  let name = '';
  for (let syllable = 0; syllable < 3; syllable++) {
    name += (consonants[rest % 20] ?? '') + (vowels[Math.floor(rest / 20) % 5] ?? '');
    rest = Math.floor(rest / 100);
  }
  return name;
}

/** The ids of so many people. */
export async function fillUsers({ core }: Backend, count: number): Promise<string[]> {
  const createdAt = new Date();
  const names = Array.from({ length: count }, (_, i) => nameOf(i));
  const ids: string[] = [];
  for (const part of batches(names)) {
    const added = await core.db.users.model.insertMany(
      part.map((name) => ({
        name,
        nameKey: name,
        nameKeys: [name],
        searchKey: name,
        email: `${name}@example.org`,
        passwordHash: 'none: nobody signs in with it',
        role: 'user',
        createdAt,
      })),
    );
    ids.push(...added.map(({ _id }) => _id.toHexString()));
  }
  return ids;
}

/** A room of `owner` with so many members. */
export async function fillRoom(
  { core }: Backend,
  owner: Account,
  { userIds, members }: { userIds: readonly string[]; members: number },
): Promise<string> {
  const name = `Room of ${String(members)}`;
  const { id } = await owner.api.rooms.create({ clientId: newClientId(), name });
  const start = Date.now();
  const fields = {
    role: 'member' as const,
    visibleFromRev: 1,
    deliveredSeq: 0,
    readSeq: 1,
    unrecorded: null,
  };
  const joining = userIds.slice(0, members - 1).map((userId, i) => {
    return { ...fields, userId, conversationId: id, joinedAt: new Date(start + i) };
  });
  for (const part of batches(joining)) await core.db.memberships.createMissing(part);
  const { model } = core.db.conversations;
  await model.updateOne({ _id: id }, { $inc: { memberCount: joining.length } });
  return id;
}

/** One of them is unread, and one pinned, in so many conversations. */
const unreadEvery = 10;
const pinnedEvery = 50;
const messagesEach = 5;

/** `reader`'s list of `count` conversations: half of them direct, each with some messages. */
export async function fillList(
  { core }: Backend,
  readerId: string,
  { userIds, count }: { userIds: readonly string[]; count: number },
): Promise<void> {
  const start = Date.now();
  for (let i = 0; i < count; i++) {
    const otherId = userIds[i] ?? '';
    const id = newClientId().slice(0, 24);
    const createdAt = new Date(start + i * 1_000);
    const isDirect = i % 2 === 0;
    await core.db.conversations.insert({
      id,
      kind: isDirect ? 'direct' : 'group',
      name: isDirect ? null : `Group ${String(i)}`,
      topic: '',
      visibility: 'private',
      createdBy: otherId,
      bodyHash: 'bench',
      pair: isDirect ? [readerId, otherId].sort() : null,
      memberCount: 2,
      createdAt,
    });
    const readSeq = i % unreadEvery === 0 ? messagesEach - 2 : messagesEach;
    const member = { conversationId: id, role: 'member' as const, joinedAt: createdAt, visibleFromRev: 1 };
    await core.db.memberships.createMissing(
      [readerId, otherId].map((userId) => ({
        ...member,
        userId,
        deliveredSeq: readSeq,
        readSeq,
        unrecorded: null,
      })),
    );
    if (i % pinnedEvery === 0) await core.db.memberships.setPreferences(readerId, id, { pinned: true });
    await core.db.timeline.insertBatch(
      Array.from({ length: messagesEach }, (_, rev) => ({
        kind: 'message' as const,
        messageType: 'text' as const,
        id: newClientId().slice(0, 24),
        conversationId: id,
        rev: rev + 1,
        senderId: otherId,
        clientId: newClientId(),
        bodyHash: 'bench',
        createdAt,
        text: `message ${String(rev)} ${'lorem ipsum '.repeat(8)}`,
      })),
    );
    const hints = { headRev: messagesEach, lastMessageSeq: messagesEach, lastActivityAt: createdAt };
    await core.db.conversations.raiseHints(id, hints);
  }
}
