import { limits, newClientId } from '@confab/contract';
import { newId } from '@confab/db';
import { refusal, settled, type Person, type World } from '../src/index.ts';
import { describe, expect, it } from 'vitest';
import { atEveryWrite } from './dying-process.ts';
import { heldBefore } from './held-calls.ts';
import { aWorld } from './scene.ts';

type People = readonly [ada: Person, bob: Person, cleo: Person];

async function three(world: World): Promise<People> {
  return [await world.person('ada'), await world.person('bob'), await world.person('cleo')];
}

/** Who is in a group, as its creator lists them. */
async function namesOf({ api }: Person, conversationId: string): Promise<string> {
  const { members } = await api.members.list({ conversationId });
  return members.map(({ user }) => user.name).join(', ');
}

/** A group of so many, whose members but for ada come into the database without the front door. */
async function aCrowd(world: World, ada: Person, size: number): Promise<string> {
  const { users } = world.backend.core.db;
  const userIds = Array.from({ length: size - 1 }, () => newId());
  await users.model.collection.insertMany(
    userIds.map((id) => ({
      _id: new users.model.base.Types.ObjectId(id),
      name: id,
      nameKeys: [id],
      searchKey: id,
      email: `${id}@example.org`,
      passwordHash: '',
      role: 'user' as const,
      createdAt: new Date(),
      lastSeenAt: null,
    })),
  );
  const request = { clientId: newClientId(), name: 'Crowd', userIds };
  return (await ada.api.conversations.createGroup(request)).id;
}

async function sizeOf({ api }: Person, conversationId: string): Promise<number> {
  return (await api.members.list({ conversationId, limit: 100 })).members.length;
}

const groupsOf = async ({ api }: Person) => (await api.conversations.list({})).conversations;

describe('a group that two requests want to make under one client id', () => {
  it('has the people of the one that made it, though both had begun on two processes', async () => {
    const world = await aWorld();
    const people = await three(world);
    const [ada, bob, cleo] = people;
    const other = await world.process();
    const there = await ada.via(other);
    const request = { clientId: newClientId(), name: 'Pier 7' };
    const { conversations, memberships } = other.core.db;
    // It has looked for the group by then, and found none.
    const held = heldBefore([
      [conversations, 'insert'],
      [memberships, 'createMissing'],
    ]);
    const late = refusal(there.conversations.createGroup({ ...request, userIds: [cleo.id] }));
    await held.reached;
    const { id } = await ada.api.conversations.createGroup({ ...request, userIds: [bob.id] });
    held.release();
    expect((await late).code).toBe('CLIENT_ID_REUSED');
    expect(await namesOf(ada, id)).toBe('ada, bob');
    expect(await groupsOf(cleo)).toEqual([]);
  });

  it('has nobody whom only a request asked for that died, at whichever write', async () => {
    const world = await aWorld();
    const people = await three(world);
    const [ada, bob, cleo] = people;
    const count = await atEveryWrite(async (die) => {
      const request = { clientId: newClientId(), name: 'Pier 7' };
      const first = { ...request, userIds: [bob.id, cleo.id] };
      const dying = die(world.backend);
      const made = await ada.api.conversations.createGroup(first).catch(() => null);
      dying.revive();
      await settled(world.backend);
      const invisible = (await groupsOf(cleo)).length === 0;
      const second = ada.api.conversations.createGroup({ ...request, userIds: [bob.id] });
      const without = await second.catch(() => null);
      if (without) {
        expect(invisible).toBe(true);
        expect(made).toBeNull();
        expect(without.memberCount).toBe(2);
        expect(await namesOf(ada, without.id)).toBe('ada, bob');
        await ada.api.conversations.leave({ conversationId: without.id });
        return;
      }
      expect((await refusal(second)).code).toBe('CLIENT_ID_REUSED');
      // The request that began it completes it.
      const { id, memberCount } = await ada.api.conversations.createGroup(first);
      expect(memberCount).toBe(3);
      expect((await namesOf(ada, id)).split(', ').sort()).toEqual(['ada', 'bob', 'cleo']);
      const { entries } = await bob.api.messages.page({ conversationId: id });
      expect(entries.map(({ kind }) => kind)).toEqual(['created']);
      await cleo.api.conversations.leave({ conversationId: id });
    });
    expect(count).toBeGreaterThan(3);
  });

  it('is told again, when it is retried, to those alone who are still in it', async () => {
    const world = await aWorld();
    const [ada, bob, cleo] = await three(world);
    const request = { clientId: newClientId(), name: 'Pier 7', userIds: [bob.id, cleo.id] };
    const { id: conversationId } = await ada.api.conversations.createGroup(request);
    await ada.api.members.remove({ conversationId, userId: cleo.id });
    await using bobs = bob.events();
    await using cleos = cleo.events();
    for (const feed of [bobs, cleos]) await feed.until(({ type }) => type === 'live.ready');
    await ada.api.conversations.createGroup(request);
    await bobs.until(({ type }) => type === 'conversation.joined');
    // What she is told next comes behind whatever she was told before.
    const { id } = await ada.api.conversations.openDirect({ userId: cleo.id });
    await cleos.until((event) => JSON.stringify(event).includes(id));
    expect(JSON.stringify(cleos.events)).not.toContain(conversationId);
  });
});

describe('the last place of a group', () => {
  it('is taken once, though two had seen it free on two processes', async () => {
    const world = await aWorld();
    const [ada, bob, cleo] = await three(world);
    const conversationId = await aCrowd(world, ada, limits.groupMembersMax - 1);
    const other = await world.process();
    const there = await ada.via(other);
    const held = heldBefore([[other.core.db.memberships, 'createMissing']]);
    const late = refusal(there.members.add({ conversationId, userId: bob.id }));
    await held.reached;
    await ada.api.members.add({ conversationId, userId: cleo.id });
    held.release();
    expect((await late).code).toBe('GROUP_FULL');
    expect(await sizeOf(ada, conversationId)).toBe(limits.groupMembersMax);
    expect((await ada.api.conversations.get({ conversationId })).conversation.memberCount).toBe(100);
    expect(await groupsOf(bob)).toEqual([]);
    // Who is in already can be added again; and whoever goes makes room.
    await ada.api.members.add({ conversationId, userId: cleo.id });
    await cleo.api.conversations.leave({ conversationId });
    await ada.api.members.add({ conversationId, userId: bob.id });
    expect((await refusal(ada.api.members.add({ conversationId, userId: cleo.id }))).code).toBe('GROUP_FULL');
  });

  it('would be taken twice without the index of places', async () => {
    const world = await aWorld();
    const [ada, bob, cleo] = await three(world);
    const conversationId = await aCrowd(world, ada, limits.groupMembersMax - 1);
    const other = await world.process();
    const there = await ada.via(other);
    await other.core.db.memberships.model.collection.dropIndex('memberships_seat');
    const held = heldBefore([[other.core.db.memberships, 'createMissing']]);
    const late = there.members.add({ conversationId, userId: bob.id });
    await held.reached;
    await ada.api.members.add({ conversationId, userId: cleo.id });
    held.release();
    await late;
    const { conversation } = await ada.api.conversations.get({ conversationId });
    expect(conversation.memberCount).toBe(limits.groupMembersMax + 1);
  });

  it('counts members of a time before places were numbered', async () => {
    const world = await aWorld();
    const [ada, bob, cleo] = await three(world);
    const conversationId = await aCrowd(world, ada, limits.groupMembersMax - 1);
    await world.backend.core.db.memberships.model.collection.updateMany({}, { $unset: { seat: 1 } });
    await ada.api.members.add({ conversationId, userId: bob.id });
    expect((await refusal(ada.api.members.add({ conversationId, userId: cleo.id }))).code).toBe('GROUP_FULL');
    await bob.api.conversations.leave({ conversationId });
    await ada.api.members.add({ conversationId, userId: cleo.id });
  });
});
