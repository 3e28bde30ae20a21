import { newClientId } from '@confab/contract';
import { sweepMembers } from '@confab/core';
import { newId } from '@confab/db';
import { type Person, refusal, settled, type World } from '../src/index.ts';
import { describe, expect, it } from 'vitest';
import { isJanitors } from './commands.ts';
import { atEveryWrite } from './dying-process.ts';
import { heldBefore } from './held-calls.ts';
import { aGroup, aRoom, aWorld, type Scene, scene } from './scene.ts';

const create = ({ api }: Person, name: string) => api.rooms.create({ clientId: newClientId(), name });

describe('the search for rooms', () => {
  it('finds public ones by the start of their name, in any case, with or without accents, by name, in pages', async () => {
    const world = await aWorld();
    const ada = await world.person('ada');
    for (const name of ['Élan', 'elbe', 'ELA', 'Harbour', 'Delta']) await create(ada, name);
    const names = async (prefix: string) =>
      (await ada.api.rooms.list({ prefix })).rooms.map(({ name }) => name);
    expect(await names('el')).toEqual(['ELA', 'Élan', 'elbe']);
    expect(await names(' ÉLA')).toEqual(['ELA', 'Élan']);
    expect(await names('lt')).toEqual([]);
    expect(await names('.*')).toEqual([]);
    const first = await ada.api.rooms.list({ prefix: 'el', limit: 2 });
    const second = await ada.api.rooms.list({ prefix: 'el', limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.rooms, ...second.rooms].map(({ name }) => name)).toEqual(['ELA', 'Élan', 'elbe']);
    expect(second.nextCursor).toBeNull();
  });

  it.each(['漢'.repeat(64), 'ﷺ'.repeat(64)])('has a next page after a name as long as %s', async (name) => {
    const world = await aWorld();
    const ada = await world.person('ada');
    for (const same of [name, name]) await create(ada, same);
    const page = { prefix: name.slice(0, 2), limit: 1 };
    const first = await ada.api.rooms.list(page);
    const second = await ada.api.rooms.list({ ...page, cursor: first.nextCursor ?? '' });
    expect(new Set([...first.rooms, ...second.rooms].map(({ id }) => id)).size).toBe(2);
  });

  it('without a word lists all of them, latest activity first', async () => {
    const world = await aWorld();
    const ada = await world.person('ada');
    const { id } = await create(ada, 'one');
    await create(ada, 'two');
    await ada.api.messages.send({ conversationId: id, clientId: newClientId(), text: 'up' });
    const { rooms } = await ada.api.rooms.list({ prefix: '  ' });
    expect(rooms.map(({ name }) => name)).toEqual(['one', 'two']);
  });
});

describe('a removed member', () => {
  it('receives nothing from then on, and cannot read what came later', async () => {
    const s = await aRoom();
    const { conversationId } = s;
    await using feed = s.bob.events(await s.world.process());
    await feed.until(({ type }) => type === 'live.ready');
    await s.ada.api.members.remove({ conversationId, userId: s.bob.id });
    await feed.until(({ type }) => type === 'conversation.left');
    await s.send(s.ada, 'secret');
    const own = await create(s.bob, 'own');
    await s.bob.api.messages.send({ conversationId: own.id, clientId: newClientId(), text: 'mine' });
    await feed.until((event) => JSON.stringify(event).includes('mine'));
    expect(JSON.stringify(feed.events)).not.toContain('secret');
    expect((await refusal(s.page(s.bob))).code).toBe('NOT_FOUND');
    const pull = s.bob.api.messages.pull({ conversationId, after: 0 });
    expect((await refusal(pull)).code).toBe('NOT_FOUND');
    expect(JSON.stringify(await s.bob.api.conversations.list({}))).not.toContain('secret');
  });
});

describe('a ban', () => {
  it('is listed, latest first and in pages, and lifted: they come in again, and the log tells', async () => {
    const s = await aRoom();
    const { conversationId, ada, bob, world } = s;
    const cleo = await world.person('cleo');
    await cleo.api.rooms.join({ conversationId });
    const ban = { conversationId, userId: bob.id };
    await ada.api.members.ban(ban);
    await ada.api.members.ban({ conversationId, userId: cleo.id });
    const first = await ada.api.members.banned({ conversationId, limit: 1 });
    const second = await ada.api.members.banned({ conversationId, limit: 1, cursor: first.nextCursor ?? '' });
    const third = await ada.api.members.banned({ conversationId, limit: 1, cursor: second.nextCursor ?? '' });
    expect([first, second, third].map(({ users }) => users.map(({ name }) => name))).toEqual([
      ['cleo'],
      ['bob'],
      [],
    ]);
    await ada.api.members.unban(ban);
    // A retry changes nothing.
    await ada.api.members.unban(ban);
    expect((await ada.api.members.banned({ conversationId })).users.map(({ name }) => name)).toEqual([
      'cleo',
    ]);
    expect((await refusal(s.page(bob))).code).toBe('NOT_FOUND');
    expect(await bob.api.rooms.join({ conversationId })).toMatchObject({ memberCount: 2, role: 'member' });
    const told = (await s.page(ada)).flatMap((entry) => (entry.kind === 'member' ? [entry.change] : []));
    expect(told).toEqual(['joined', 'joined', 'banned', 'banned', 'unbanned', 'joined']);
  });

  it('of a group is lifted before somebody is added again, and of nobody is not found', async () => {
    const { ada, bob, conversationId } = await aGroup();
    const member = { conversationId, userId: bob.id };
    await ada.api.members.ban(member);
    expect((await refusal(ada.api.members.add(member))).code).toBe('BANNED');
    await ada.api.members.unban(member);
    await ada.api.members.add(member);
    const nobody = ada.api.members.unban({ conversationId, userId: 'f'.repeat(24) });
    expect((await refusal(nobody)).code).toBe('NOT_FOUND');
  });
});

/** ada's room, which she left as the last one. */
async function anEmptyRoom(world: World, ada: Person, visibility: 'public' | 'private' = 'public') {
  const { id } = await ada.api.rooms.create({ clientId: newClientId(), name: 'R', visibility });
  const { code } = await ada.api.invitations.create({ conversationId: id, clientId: newClientId() });
  await ada.api.conversations.leave({ conversationId: id });
  return { conversationId: id, code };
}

async function rolesIn({ api }: Person, conversationId: string): Promise<string[]> {
  const { members } = await api.members.list({ conversationId });
  return members.map(({ user, role }) => `${user.name} ${role}`).sort();
}

describe('a room that everybody left', () => {
  it('is owned by the first who comes, and by nobody who comes after, its founder included', async () => {
    const world = await aWorld();
    const [ada, bob] = [await world.person('ada'), await world.person('bob')];
    const { conversationId } = await anEmptyRoom(world, ada);
    expect(await bob.api.rooms.join({ conversationId })).toMatchObject({ role: 'owner', memberCount: 1 });
    expect((await ada.api.rooms.join({ conversationId })).role).toBe('member');
    await bob.api.members.setRole({ conversationId, userId: ada.id, role: 'moderator' });
    await bob.api.conversations.leave({ conversationId });
    expect(await rolesIn(ada, conversationId)).toEqual(['ada owner']);
  });

  it('goes to its founder when they come back first, and a private one to who comes by a link', async () => {
    const world = await aWorld();
    const [ada, bob] = [await world.person('ada'), await world.person('bob')];
    const { conversationId } = await anEmptyRoom(world, ada);
    expect((await ada.api.rooms.join({ conversationId })).role).toBe('owner');
    const { code } = await anEmptyRoom(world, ada, 'private');
    expect(await bob.api.invitations.accept({ code })).toMatchObject({ role: 'owner', memberCount: 1 });
    expect((await ada.api.invitations.accept({ code })).role).toBe('member');
  });

  it('has one owner when two come at once on two processes, and both are in', async () => {
    const world = await aWorld();
    const [ada, bob] = [await world.person('ada'), await world.person('bob')];
    const { conversationId } = await anEmptyRoom(world, ada);
    const other = await world.process();
    const there = await bob.via(other);
    const held = heldBefore([[other.core.db.memberships, 'createMissing']]);
    const late = there.rooms.join({ conversationId });
    await held.reached;
    await ada.api.rooms.join({ conversationId });
    held.release();
    expect(await late).toMatchObject({ role: 'member', memberCount: 2 });
    expect(await rolesIn(bob, conversationId)).toEqual(['ada owner', 'bob member']);
  });

  it('has an owner though processes died at whichever write of the last one going and the next one coming', async () => {
    const world = await aWorld();
    const [ada, bob] = [await world.person('ada'), await world.person('bob')];
    const other = await world.process();
    const there = await bob.via(other);
    const count = await atEveryWrite(async (die) => {
      const { id: conversationId } = await create(ada, 'R');
      const dying = die(world.backend);
      await ada.api.conversations.leave({ conversationId }).catch(() => undefined);
      await bob.api.rooms.join({ conversationId }).catch(() => undefined);
      dying.revive();
      await there.rooms.join({ conversationId });
      await sweepMembers(other.core, new Date(8.64e15));
      const roles = await rolesIn(bob, conversationId);
      const left = !roles.some((role) => role.startsWith('ada'));
      expect(roles).toEqual(left ? ['bob owner'] : ['ada owner', 'bob member']);
      const { conversation } = await there.conversations.get({ conversationId });
      expect(conversation.memberCount).toBe(left ? 1 : 2);
    });
    expect(count).toBeGreaterThan(6);
  });
});

describe('new members of a group', () => {
  const added = async (s: Scene, name: string) => {
    const person = await s.world.person(name);
    await s.ada.api.members.add({ conversationId: s.conversationId, userId: person.id });
    return (await s.page(person)).map((entry) => ('text' in entry ? entry.text : entry.kind));
  };

  it('see what comes from now on, or all of it, as the group is set when they come', async () => {
    const s = await aGroup();
    await s.send(s.ada, 'before');
    expect(await added(s, 'cleo')).toEqual(['member']);
    const setting = { conversationId: s.conversationId, clientId: newClientId(), newMembersSeeHistory: true };
    await s.ada.api.conversations.update(setting);
    expect(await added(s, 'dan')).toEqual(['created', 'before', 'member', 'setting', 'member']);
    await s.ada.api.conversations.update({
      ...setting,
      clientId: newClientId(),
      newMembersSeeHistory: false,
    });
    expect(await added(s, 'eve')).toEqual(['member']);
  });

  it('do not see it when it was put off a moment before, though no process has applied that', async () => {
    const s = await aGroup();
    await s.send(s.ada, 'before');
    const setting = { conversationId: s.conversationId, newMembersSeeHistory: false };
    await s.ada.api.conversations.update({ ...setting, clientId: newClientId(), newMembersSeeHistory: true });
    const { conversations } = s.world.backend.core.db;
    const apply = conversations.applyChange.bind(conversations);
    conversations.applyChange = () => Promise.reject(new Error('died'));
    const off = refusal(s.ada.api.conversations.update({ ...setting, clientId: newClientId() }));
    expect((await off).code).toBe('UNAVAILABLE');
    conversations.applyChange = apply;
    expect(await added(s, 'cleo')).toEqual(['member']);
  });
});

/** A room of so many, whose members come into the database without the front door. */
async function aCrowd(world: World, ada: Person, size: number): Promise<Scene> {
  const { id: conversationId } = await create(ada, `R${String(size)}`);
  const { memberships, conversations, users } = world.backend.core.db;
  const joinedAt = new Date();
  const ids = Array.from({ length: size - 1 }, () => newId());
  const types = users.model.base.Types;
  await users.model.collection.insertMany(
    ids.map((id) => ({
      _id: new types.ObjectId(id),
      name: id,
      nameKeys: [id],
      nameKey: id,
      searchKey: id,
      email: `${id}@example.org`,
      passwordHash: '',
      role: 'user' as const,
      createdAt: joinedAt,
      lastSeenAt: null,
    })),
  );
  for (let from = 0; from < ids.length; from += 1_000) {
    await memberships.createMissing(
      ids.slice(from, from + 1_000).map((userId) => ({
        userId,
        conversationId,
        role: 'member',
        joinedAt,
        visibleFromRev: 1,
        deliveredSeq: 0,
        readSeq: 0,
        unrecorded: null,
      })),
    );
  }
  await conversations.model.updateOne(
    { _id: new types.ObjectId(conversationId) },
    { $set: { memberCount: size } },
  );
  return scene(world, { ada, bob: ada, conversationId });
}

interface Cost {
  readonly commands: readonly string[];
  readonly examined: number;
}

/** What calls send to the database, and how many keys and documents it looks at for each of them. */
async function costOf(world: World, call: () => Promise<unknown>): Promise<Cost> {
  const { connection } = world.backend.core.db;
  await settled(world.backend);
  const sent: Record<string, unknown>[] = [];
  let listening = true;
  connection.getClient().on('commandStarted', ({ command }) => {
    if (listening && !isJanitors(command)) sent.push(command);
  });
  await call();
  await settled(world.backend);
  listening = false;
  let examined = 0;
  const commands: string[] = [];
  for (const command of sent) {
    const [name, collection] = Object.entries(command)[0] ?? [];
    commands.push(`${String(name)} ${String(collection)}`);
    for (const find of searches(command)) examined += await examinedBy(world, find);
  }
  return { commands, examined };
}

function searches(command: Record<string, unknown>): Record<string, unknown>[] {
  const { find, filter, sort, limit, hint, findAndModify, query, update, updates } = command;
  if (find !== undefined) {
    return [
      {
        find,
        filter,
        ...(sort !== undefined && { sort }),
        ...(limit !== undefined && { limit }),
        ...(hint !== undefined && { hint }),
      },
    ];
  }
  if (findAndModify !== undefined) return [{ find: findAndModify, filter: query }];
  return ((updates ?? []) as { q: unknown; hint?: unknown }[]).map(({ q, hint: named }) => ({
    find: update,
    filter: q,
    ...(named !== undefined && { hint: named }),
  }));
}

async function examinedBy(world: World, find: Record<string, unknown>): Promise<number> {
  const { connection } = world.backend.core.db;
  const answer = await connection.db?.command({ explain: find, verbosity: 'executionStats' });
  const stats = answer?.['executionStats'] as { totalKeysExamined: number; totalDocsExamined: number };
  return stats.totalKeysExamined + stats.totalDocsExamined;
}

function everybody({ backend }: World, conversationId: string) {
  return backend.core.db.memberships.listOfConversation({ conversationId, after: null, limit: 20_000 });
}

describe('a room of ten thousand', () => {
  it('costs what a room of ten costs: to join, list, write, read, silence, hand over and leave', async () => {
    const world = await aWorld({ monitorCommands: true });
    const [ada, bob, cleo] = [
      await world.person('ada'),
      await world.person('bob'),
      await world.person('cleo'),
    ];
    const sizes = [10, 10_000];
    const costs: Record<string, Cost>[] = [];
    for (const size of sizes) {
      const room = await aCrowd(world, ada, size);
      const { conversationId } = room;
      const member = { conversationId, userId: cleo.id };
      const cost = (call: () => Promise<unknown>) => costOf(world, call);
      costs.push({
        join: await cost(() => bob.api.rooms.join({ conversationId })),
        add: await cost(() => ada.api.members.add(member)),
        members: await cost(() => bob.api.members.list({ conversationId, limit: 10 })),
        send: await cost(() => room.send(bob, 'x')),
        sendAgain: await cost(() => room.send(bob, 'y')),
        page: await cost(() => room.page(bob)),
        get: await cost(() => bob.api.conversations.get({ conversationId })),
        watermarks: await cost(() => bob.api.conversations.watermarks({ conversationId })),
        directory: await cost(() => bob.api.rooms.list({ prefix: `r${String(size)}` })),
        silence: await cost(() => ada.api.members.silence({ ...member, minutes: 5 })),
        handOver: await cost(() => ada.api.members.setRole({ ...member, role: 'owner' })),
        leave: await cost(() => cleo.api.conversations.leave({ conversationId })),
        // What does grow is noticed.
        everybody: await cost(() => everybody(world, conversationId)),
      });
    }
    const [{ everybody: few, ...small } = {}, { everybody: many, ...large } = {}] = costs;
    expect(large).toEqual(small);
    expect(many?.examined).toBeGreaterThan(500 * (few?.examined ?? Infinity));
  }, 120_000);
});
