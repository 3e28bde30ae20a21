import { limits, newClientId } from '@confab/contract';
import { createWorld, refusal } from '../src/index.ts';
import { afterAll, describe, expect, it } from 'vitest';

const world = await createWorld();
afterAll(() => world[Symbol.asyncDispose]());
const ada = await world.person('ada');
const [bob, josé] = [await world.person('Bob'), await world.person('José')];

describe('a group of people who are given by name or id', () => {
  const create = (users: string[], clientId = newClientId()) =>
    ada.api.conversations.createGroupByNames({ clientId, name: 'G', users });
  const membersOf = async (conversationId: string) =>
    (await ada.api.members.list({ conversationId })).members.map(({ user }) => user.name);

  it('has them all, whatever the case of a name, and each once', async () => {
    const { id, memberCount } = await create(['BOB', bob.id, 'José'.normalize('NFD'), 'ada']);
    expect(memberCount).toBe(3);
    expect((await membersOf(id)).sort()).toEqual(['Bob', 'José', 'ada']);
  });

  it('is the same group when it is asked for again in another order', async () => {
    const clientId = newClientId();
    const [first, again] = [
      await create(['bob', josé.id], clientId),
      await create([josé.name, bob.id], clientId),
    ];
    expect(again.id).toBe(first.id);
  });

  it.each([
    ['a name of nobody', 'nobody'],
    ['a name without its accent, which is another name', 'jose'],
    ['a name that only looks like theirs', '\u0412\u043e\u042c'],
    ['an id of nobody', 'f'.repeat(24)],
  ])('is refused for %s, and does not come to be', async (_, user) => {
    const before = (await ada.api.conversations.list({})).conversations.length;
    expect(await refusal(create(['bob', user]))).toMatchObject({ code: 'NOT_FOUND', field: 'users' });
    expect((await ada.api.conversations.list({})).conversations).toHaveLength(before);
  });

  it('is refused for oneself alone', async () => {
    expect(await refusal(create(['ADA', ada.id]))).toMatchObject({ code: 'YOURSELF', field: 'users' });
  });
});

describe('the directory with members', () => {
  it('shows the first of them to everybody, and of each room its own', async () => {
    const harbour = await ada.api.rooms.create({ clientId: newClientId(), name: 'Harbour', topic: 'Tides' });
    const lunch = await bob.api.rooms.create({ clientId: newClientId(), name: 'Lunch' });
    await josé.api.rooms.join({ conversationId: harbour.id });
    const { rooms, nextCursor } = await bob.api.rooms.listWithMembers({});
    expect(nextCursor).toBeNull();
    const shown = rooms.map(({ id, memberCount, joined, participants: { members, nextCursor: more } }) => ({
      id,
      memberCount,
      joined,
      members: members.map(({ user, role }) => `${user.name} ${role}`),
      more,
    }));
    expect(shown).toEqual([
      { id: harbour.id, memberCount: 2, joined: false, members: ['ada owner', 'José member'], more: null },
      { id: lunch.id, memberCount: 1, joined: true, members: ['Bob owner'], more: null },
    ]);
  });

  it('goes on, of rooms by its own cursor and of members by theirs', async () => {
    const { id } = await ada.api.rooms.create({ clientId: newClientId(), name: 'Full' });
    const { memberships } = world.backend.core.db;
    const joinedAt = new Date();
    await memberships.createMissing(
      Array.from({ length: limits.participantsShown }, (_, i) => ({
        userId: i.toString(16).padStart(24, '0'),
        conversationId: id,
        role: 'member' as const,
        joinedAt,
        visibleFromRev: 1,
        deliveredSeq: 0,
        readSeq: 0,
        unrecorded: null,
      })),
    );
    const { rooms, nextCursor } = await ada.api.rooms.listWithMembers({ limit: 1 });
    expect(rooms.map((room) => room.id)).toEqual([id]);
    const cursor = rooms[0]?.participants.nextCursor ?? '';
    expect(
      (await memberships.listOfConversation({ conversationId: id, after: null, limit: 100 })).length,
    ).toBe(21);
    await expect(ada.api.members.list({ conversationId: id, cursor })).resolves.toMatchObject({
      nextCursor: null,
    });
    const next = await ada.api.rooms.listWithMembers({ limit: 50, cursor: nextCursor ?? '' });
    expect(next.rooms.map((room) => room.id)).not.toContain(id);
  });
});

describe('a token for programs', () => {
  it('comes with no cookie, and acts for its owner', async () => {
    const cookies: string[] = [];
    const door = await world.anonymous({ setCookie: (cookie) => cookies.push(cookie) });
    const { token, account } = await door.auth.issueToken({ login: 'ada', password: ada.password });
    expect(cookies).toEqual([]);
    expect(account.id).toBe(ada.id);
    const context = await world.backend.createContext({
      connection: { transport: 'server' },
      headers: { authorization: `Bearer ${token}` },
      clientAddress: '10.1.2.3',
    });
    expect(context.actor?.userId).toBe(ada.id);
  });
});
