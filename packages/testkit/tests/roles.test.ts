import { type Entry, type MemberRole, newClientId } from '@confab/contract';
import { sweepMembers } from '@confab/core';
import { type Person, refusal, settled, type World } from '../src/index.ts';
import { describe, expect, it } from 'vitest';
import { atEveryWrite } from './dying-process.ts';
import { ownersUnchecked } from './mutants.ts';
import { aGroup, aWorld } from './scene.ts';

const future = new Date(8.64e15);

interface Group {
  readonly world: World;
  readonly people: readonly [ada: Person, bob: Person, cleo: Person, dan: Person];
  readonly conversationId: string;
}

/** ada's group with bob, cleo and dan. */
async function aFour(given?: Pick<Group, 'world' | 'people'>): Promise<Group> {
  const world = given?.world ?? (await aWorld());
  const people = given?.people ?? [
    await world.person('ada'),
    await world.person('bob'),
    await world.person('cleo'),
    await world.person('dan'),
  ];
  const [ada, ...others] = people;
  const group = { clientId: newClientId(), name: 'G', userIds: others.map(({ id }) => id) };
  const { id } = await ada.api.conversations.createGroup(group);
  return { world, people, conversationId: id };
}

type Api = Person['api'];

const setRole = ({ conversationId }: Group, api: Api, userId: string, role: MemberRole) =>
  api.members.setRole({ conversationId, userId, role });

/** `ada owner, bob member, …` as a member lists them. */
async function roles({ people, conversationId }: Group, reader: Person = people[1]): Promise<string> {
  const { members } = await reader.api.members.list({ conversationId });
  return members.map(({ user, role }) => `${user.name} ${role}`).join(', ');
}

/** The entries about members: what became of whom, by whom. */
async function told({ people, conversationId }: Group, reader: Person = people[1]): Promise<string[]> {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const { entries } = await reader.api.messages.page({ conversationId });
  return entries.flatMap((entry: Entry) =>
    entry.kind === 'member'
      ? [`${String(names.get(entry.userId))} ${entry.change} by ${String(names.get(entry.senderId))}`]
      : [],
  );
}

async function ownersOf({ world, conversationId }: Group): Promise<number> {
  const { base, collection } = { base: world.backend.core.db.connection.base, collection: 'memberships' };
  return world.backend.core.db.connection
    .collection(collection)
    .countDocuments({ conversationId: new base.Types.ObjectId(conversationId), role: 'owner' });
}

describe('a role', () => {
  it('is given and taken by the owner, and told in the log', async () => {
    const group = await aFour();
    const [ada, bob] = group.people;
    await using feed = bob.events();
    await feed.until(({ type }) => type === 'live.ready');
    await setRole(group, ada.api, bob.id, 'moderator');
    expect(await roles(group)).toBe('ada owner, bob moderator, cleo member, dan member');
    await feed.until((event) => event.type === 'entries.appended');
    await setRole(group, ada.api, bob.id, 'moderator');
    await setRole(group, ada.api, bob.id, 'member');
    expect(await told(group)).toEqual(['bob madeModerator by ada', 'bob madeMember by ada']);
    const { conversation } = await bob.api.conversations.get({ conversationId: group.conversationId });
    expect(conversation.memberCount).toBe(4);
  });

  it('is not for moderators to give, and they do not touch their equals', async () => {
    const group = await aFour();
    const [ada, bob, cleo, dan] = group.people;
    for (const { id } of [bob, cleo]) await setRole(group, ada.api, id, 'moderator');
    const { conversationId } = group;
    for (const call of [
      () => setRole(group, bob.api, dan.id, 'moderator'),
      () => setRole(group, bob.api, cleo.id, 'member'),
      () => setRole(group, bob.api, bob.id, 'owner'),
      () => setRole(group, ada.api, ada.id, 'member'),
      () => bob.api.members.remove({ conversationId, userId: cleo.id }),
      () => bob.api.members.ban({ conversationId, userId: ada.id }),
      () => bob.api.members.silence({ conversationId, userId: cleo.id, minutes: 5 }),
      () => bob.api.members.silence({ conversationId, userId: ada.id, minutes: 5 }),
      () => bob.api.members.silence({ conversationId, userId: bob.id, minutes: 5 }),
      () => ada.api.members.silence({ conversationId, userId: ada.id, minutes: 5 }),
    ]) {
      expect((await refusal(call())).code).toBe('FORBIDDEN');
    }
    expect((await refusal(setRole(group, ada.api, 'f'.repeat(24), 'moderator'))).code).toBe('NOT_FOUND');
    await bob.api.members.silence({ conversationId, userId: dan.id, minutes: 5 });
    await bob.api.members.remove({ conversationId, userId: dan.id });
  });

  it('of nobody can be changed in a direct conversation', async () => {
    const { world } = await aGroup();
    const [dan, eve] = [await world.person('dan'), await world.person('eve')];
    const { id } = await dan.api.conversations.openDirect({ userId: eve.id });
    const member = { conversationId: id, userId: eve.id };
    expect((await refusal(dan.api.members.setRole({ ...member, role: 'owner' }))).code).toBe('FORBIDDEN');
    expect((await refusal(dan.api.members.silence({ ...member, minutes: 5 }))).code).toBe('FORBIDDEN');
  });
});

describe('handing over', () => {
  it('makes the other one the owner and the owner of before a moderator; a retry changes nothing', async () => {
    const group = await aFour();
    const [ada, bob] = group.people;
    await setRole(group, ada.api, bob.id, 'owner');
    await setRole(group, ada.api, bob.id, 'owner');
    expect(await roles(group)).toBe('ada moderator, bob owner, cleo member, dan member');
    expect(await told(group)).toEqual(['ada madeModerator by ada', 'bob madeOwner by ada']);
    await setRole(group, bob.api, ada.id, 'owner');
    expect(await roles(group)).toBe('ada owner, bob moderator, cleo member, dan member');
  });

  it('to several people at once, on two processes, leaves exactly one owner', async () => {
    const group = await aFour();
    const [ada, ...others] = group.people;
    const there = await ada.via(await group.world.process());
    const handOvers = others.flatMap(({ id }) => [
      setRole(group, ada.api, id, 'owner'),
      setRole(group, there, id, 'owner'),
    ]);
    const outcomes = await Promise.allSettled(handOvers);
    expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await ownersOf(group)).toBe(1);
    expect((await roles(group)).startsWith('ada moderator')).toBe(true);
    expect((await told(group)).filter((line) => line.includes('madeOwner'))).toHaveLength(1);
  });

  it('would leave several if neither the first write nor the index settled who owns it', async () => {
    const group = await aFour();
    const [ada, ...others] = group.people;
    await ownersUnchecked(group.world.backend.core.db);
    await Promise.allSettled(others.map(({ id }) => setRole(group, ada.api, id, 'owner')));
    expect(await ownersOf(group)).toBeGreaterThan(1);
  });

  it('races with leaving: there is one owner whoever comes first', async () => {
    const group = await aFour();
    const [ada, bob, cleo] = group.people;
    const { conversationId } = group;
    await Promise.allSettled([
      setRole(group, ada.api, bob.id, 'owner'),
      bob.api.conversations.leave({ conversationId }),
      ada.api.conversations.leave({ conversationId }),
    ]);
    await sweepMembers(group.world.backend.core, future);
    expect(await ownersOf(group)).toBe(1);
    expect(await roles(group, cleo)).toContain('owner');
  });
});

describe('an owner who leaves', () => {
  it('passes the conversation on to the longest-standing moderator, and the log tells', async () => {
    const group = await aFour();
    const [ada, , cleo, dan] = group.people;
    for (const { id } of [dan, cleo]) await setRole(group, ada.api, id, 'moderator');
    await ada.api.conversations.leave({ conversationId: group.conversationId });
    expect(await roles(group)).toBe('bob member, cleo owner, dan moderator');
    expect((await told(group)).slice(-2)).toEqual(['ada left by ada', 'cleo madeOwner by ada']);
  });

  it('leaves nobody behind as the last one', async () => {
    const s = await aGroup();
    const { conversationId } = s;
    await s.bob.api.conversations.leave({ conversationId });
    await s.ada.api.conversations.leave({ conversationId });
    expect((await refusal(s.ada.api.conversations.get({ conversationId }))).code).toBe('NOT_FOUND');
  });
});

/** What changes memberships, and how they stand when it is done. */
const changes: Record<
  string,
  { act: (group: Group, ada: Api) => Promise<unknown>; then: string; last: string }
> = {
  'makes a moderator': {
    act: (group, ada) => setRole(group, ada, group.people[3].id, 'moderator'),
    then: 'ada owner, bob member, cleo member, dan moderator',
    last: 'dan madeModerator by ada',
  },
  'hands over': {
    act: (group, ada) => setRole(group, ada, group.people[3].id, 'owner'),
    then: 'ada moderator, bob member, cleo member, dan owner',
    last: 'dan madeOwner by ada',
  },
  'lets the owner leave': {
    act: ({ conversationId }, ada) => ada.conversations.leave({ conversationId }),
    then: 'bob owner, cleo member, dan member',
    last: 'bob madeOwner by ada',
  },
  removes: {
    act: ({ conversationId, people }, ada) => ada.members.remove({ conversationId, userId: people[3].id }),
    then: 'ada owner, bob member, cleo member',
    last: 'dan removed by ada',
  },
  silences: {
    act: ({ conversationId, people }, ada) =>
      ada.members.silence({ conversationId, userId: people[3].id, minutes: 5 }),
    then: 'ada owner, bob member, cleo member, dan member',
    last: 'dan silenced by ada',
  },
};

describe.each(Object.entries(changes))('a process that dies while it %s', (_, { act, then, last }) => {
  it('leaves, at whichever write, nothing or what the janitor of another one completes', async () => {
    const world = await aWorld();
    const first = await aFour({
      world,
      people: (await aFour({ world, people: await fourOf(world) })).people,
    });
    const other = await world.process();
    const before = 'ada owner, bob member, cleo member, dan member';
    const count = await atEveryWrite(async (die) => {
      const group = await aFour(first);
      const dying = die(world.backend);
      await act(group, group.people[0].api).catch(() => undefined);
      dying.revive();
      expect(await ownersOf(group)).toBeLessThanOrEqual(1);
      await sweepMembers(other.core, future);
      await settled(world.backend);
      const nothing = (await told(group)).length === 0;
      expect(await roles(group)).toBe(nothing ? before : then);
      if (!nothing) expect((await told(group)).at(-1)).toBe(last);
      const [, bob] = group.people;
      const { conversation } = await bob.api.conversations.get({ conversationId: group.conversationId });
      expect(conversation.memberCount).toBe((nothing ? before : then).split(', ').length);
      const { conversationId } = group;
      expect(await other.core.db.memberships.listUnrecorded({ conversationId })).toEqual([]);
      expect(await ownersOf(group)).toBe(1);
    });
    expect(count).toBeGreaterThan(3);
  });
});

async function fourOf(world: World): Promise<Group['people']> {
  return [
    await world.person('ada'),
    await world.person('bob'),
    await world.person('cleo'),
    await world.person('dan'),
  ];
}

describe('a hand-over whose heir is gone when it is completed', () => {
  it('gives the conversation back to who gave it up', async () => {
    const group = await aFour();
    const [ada, bob] = group.people;
    const { conversationId, world } = group;
    const { memberships } = world.backend.core.db;
    const own = await memberships.find(ada.id, conversationId);
    if (!own) throw new Error('no membership');
    // As a process leaves it that dies after its first write.
    await memberships.transition(own, {
      role: 'moderator',
      unrecorded: { change: 'madeModerator', byId: ada.id, countDelta: 0, heirId: bob.id },
    });
    await bob.api.conversations.leave({ conversationId });
    await sweepMembers(world.backend.core, future);
    const [, , cleo] = group.people;
    expect(await roles(group, cleo)).toBe('ada owner, cleo member, dan member');
    expect(await told(group, cleo)).toEqual([
      'bob left by bob',
      'ada madeModerator by ada',
      'ada madeOwner by ada',
    ]);
  });
});
