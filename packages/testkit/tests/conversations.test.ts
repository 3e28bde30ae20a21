import { newClientId } from '@confab/contract';
import { createWorld, refusal } from '../src/index.ts';
import { describe, expect, it, onTestFinished } from 'vitest';

async function aWorld() {
  const world = await createWorld();
  onTestFinished(() => world[Symbol.asyncDispose]());
  return world;
}

const missingId = 'f'.repeat(24);

describe('a direct conversation', () => {
  it('exists once per pair, whoever opens it, however often, on whichever process', async () => {
    const world = await aWorld();
    const [ada, bob, other] = [await world.person('ada'), await world.person('bob'), await world.process()];
    const adaElsewhere = await ada.via(other);
    const opened = await Promise.all([
      ada.api.conversations.openDirect({ userId: bob.id }),
      bob.api.conversations.openDirect({ userId: ada.id }),
      adaElsewhere.conversations.openDirect({ userId: bob.id }),
    ]);
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    expect(await world.backend.core.db.connection.collection('conversations').countDocuments()).toBe(1);
    expect(await world.backend.core.db.connection.collection('memberships').countDocuments()).toBe(2);
    expect(opened[0]).toMatchObject({ kind: 'direct', name: null, peer: { name: 'bob' }, memberCount: 2 });
  });

  it('appears in the list of the other one with the first message, and of the opener at once', async () => {
    const world = await aWorld();
    const [ada, bob] = [await world.person('ada'), await world.person('bob')];
    const { id } = await ada.api.conversations.openDirect({ userId: bob.id });
    expect((await ada.api.conversations.list({})).conversations.map((row) => row.id)).toEqual([id]);
    expect((await bob.api.conversations.list({})).conversations).toEqual([]);
    await ada.api.messages.send({ conversationId: id, clientId: newClientId(), text: 'hello bob' });
    const [row] = (await bob.api.conversations.list({})).conversations;
    expect(row).toMatchObject({ id, peer: { name: 'ada' }, lastMessage: { text: 'hello bob' }, headRev: 1 });
  });

  it('is not opened with oneself or nobody, and cannot be left or grow', async () => {
    const world = await aWorld();
    const [ada, bob, cleo] = [
      await world.person('ada'),
      await world.person('bob'),
      await world.person('cleo'),
    ];
    expect((await refusal(ada.api.conversations.openDirect({ userId: ada.id }))).code).toBe('YOURSELF');
    expect((await refusal(ada.api.conversations.openDirect({ userId: missingId }))).code).toBe('NOT_FOUND');
    const { id } = await ada.api.conversations.openDirect({ userId: bob.id });
    expect((await refusal(ada.api.conversations.leave({ conversationId: id }))).code).toBe('FORBIDDEN');
    expect((await refusal(ada.api.members.add({ conversationId: id, userId: cleo.id }))).code).toBe(
      'FORBIDDEN',
    );
  });
});

describe('a group', () => {
  it('is created once per client id, and another request under the same client id is refused', async () => {
    const world = await aWorld();
    const [ada, bob, cleo] = [
      await world.person('ada'),
      await world.person('bob'),
      await world.person('cleo'),
    ];
    const request = { clientId: newClientId(), name: 'Pier 7', userIds: [bob.id, cleo.id] };
    const created = await Promise.all([
      ada.api.conversations.createGroup(request),
      ada.api.conversations.createGroup(request),
      ada.api.conversations.createGroup({ ...request, userIds: [cleo.id, bob.id, bob.id] }),
    ]);
    expect(new Set(created.map(({ id }) => id)).size).toBe(1);
    expect(created[0]).toMatchObject({ kind: 'group', name: 'Pier 7', memberCount: 3, role: 'owner' });
    const page = await bob.api.messages.page({ conversationId: created[0].id });
    expect(page.entries.map(({ kind }) => kind)).toEqual(['created']);
    const other = await refusal(ada.api.conversations.createGroup({ ...request, name: 'Pier 8' }));
    expect(other.code).toBe('CLIENT_ID_REUSED');
  });

  it('is not created with people who do not exist', async () => {
    const world = await aWorld();
    const ada = await world.person('ada');
    const request = { clientId: newClientId(), name: 'Nobody', userIds: [missingId] };
    expect((await refusal(ada.api.conversations.createGroup(request))).code).toBe('NOT_FOUND');
    expect((await ada.api.conversations.list({})).conversations).toEqual([]);
  });

  it('shows a new member what comes from their joining on, and nothing older', async () => {
    const world = await aWorld();
    const [ada, bob, cleo] = [
      await world.person('ada'),
      await world.person('bob'),
      await world.person('cleo'),
    ];
    const { id } = await ada.api.conversations.createGroup({
      clientId: newClientId(),
      name: 'G',
      userIds: [bob.id],
    });
    await ada.api.messages.send({ conversationId: id, clientId: newClientId(), text: 'before' });
    await ada.api.members.add({ conversationId: id, userId: cleo.id });
    await ada.api.messages.send({ conversationId: id, clientId: newClientId(), text: 'after' });
    const page = await cleo.api.messages.page({ conversationId: id });
    expect(page.entries).toMatchObject([
      { kind: 'member', change: 'added', userId: cleo.id, senderId: ada.id, rev: 3 },
      { kind: 'message', text: 'after', rev: 4 },
    ]);
    expect(page.from).toBe(3);
    const pulled = await cleo.api.messages.pull({ conversationId: id, after: 0 });
    expect(pulled.entries).toEqual(page.entries);
    expect((await cleo.api.conversations.get({ conversationId: id })).conversation.from).toBe(3);
    expect((await bob.api.messages.page({ conversationId: id })).entries).toHaveLength(4);
  });

  it('is gone for a removed member, who can come back only by being added', async () => {
    const world = await aWorld();
    const [ada, bob] = [await world.person('ada'), await world.person('bob')];
    const { id } = await ada.api.conversations.createGroup({
      clientId: newClientId(),
      name: 'G',
      userIds: [bob.id],
    });
    await ada.api.members.remove({ conversationId: id, userId: bob.id });
    const missing = await refusal(bob.api.messages.page({ conversationId: missingId }));
    for (const call of [
      () => bob.api.messages.page({ conversationId: id }),
      () => bob.api.messages.pull({ conversationId: id, after: 0 }),
      () => bob.api.conversations.get({ conversationId: id }),
      () => bob.api.members.list({ conversationId: id }),
      () => bob.api.members.add({ conversationId: id, userId: bob.id }),
      () => bob.api.rooms.join({ conversationId: id }),
      () => bob.api.messages.send({ conversationId: id, clientId: newClientId(), text: 'still here?' }),
    ]) {
      expect(await refusal(call())).toEqual(missing);
    }
    expect((await bob.api.conversations.list({})).conversations).toEqual([]);
    expect((await ada.api.conversations.get({ conversationId: id })).conversation.memberCount).toBe(1);
    await ada.api.members.add({ conversationId: id, userId: bob.id });
    expect((await bob.api.messages.page({ conversationId: id })).entries).toMatchObject([
      { change: 'added' },
    ]);
  });

  it('lets only owners and moderators remove, and nobody their equal', async () => {
    const world = await aWorld();
    const [ada, bob, cleo] = [
      await world.person('ada'),
      await world.person('bob'),
      await world.person('cleo'),
    ];
    const { id } = await ada.api.conversations.createGroup({
      clientId: newClientId(),
      name: 'G',
      userIds: [bob.id, cleo.id],
    });
    expect((await refusal(bob.api.members.remove({ conversationId: id, userId: cleo.id }))).code).toBe(
      'FORBIDDEN',
    );
    expect((await refusal(bob.api.members.remove({ conversationId: id, userId: ada.id }))).code).toBe(
      'FORBIDDEN',
    );
    expect((await refusal(ada.api.members.remove({ conversationId: id, userId: ada.id }))).code).toBe(
      'FORBIDDEN',
    );
    expect((await refusal(ada.api.members.remove({ conversationId: id, userId: missingId }))).code).toBe(
      'NOT_FOUND',
    );
  });

  it('goes on under its longest-standing member when the owner leaves', async () => {
    const world = await aWorld();
    const [ada, bob, cleo] = [
      await world.person('ada'),
      await world.person('bob'),
      await world.person('cleo'),
    ];
    const { id } = await ada.api.conversations.createGroup({
      clientId: newClientId(),
      name: 'G',
      userIds: [bob.id],
    });
    await ada.api.members.add({ conversationId: id, userId: cleo.id });
    await ada.api.conversations.leave({ conversationId: id });
    const { members } = await bob.api.members.list({ conversationId: id });
    expect(members.map(({ user, role }) => [user.name, role])).toEqual([
      ['bob', 'owner'],
      ['cleo', 'member'],
    ]);
  });
});

describe('a room', () => {
  it('is created, listed, joined with its history, left and joined again', async () => {
    const world = await aWorld();
    const [ada, bob] = [await world.person('ada'), await world.person('bob')];
    const room = await ada.api.rooms.create({ clientId: newClientId(), name: 'Harbour', topic: 'weather' });
    await ada.api.messages.send({
      conversationId: room.id,
      clientId: newClientId(),
      text: 'wind from the west',
    });
    const { rooms } = await bob.api.rooms.list({});
    expect(rooms).toMatchObject([
      { id: room.id, name: 'Harbour', topic: 'weather', memberCount: 1, joined: false },
    ]);
    expect((await refusal(bob.api.messages.page({ conversationId: room.id }))).code).toBe('NOT_FOUND');

    const joined = await bob.api.rooms.join({ conversationId: room.id });
    expect(joined).toMatchObject({ memberCount: 2, role: 'member', from: 1 });
    await bob.api.rooms.join({ conversationId: room.id });
    const { entries } = await bob.api.messages.page({ conversationId: room.id });
    expect(entries).toMatchObject([
      { kind: 'created' },
      { kind: 'message', text: 'wind from the west' },
      { kind: 'member', change: 'joined', userId: bob.id },
    ]);

    await bob.api.conversations.leave({ conversationId: room.id });
    expect((await refusal(bob.api.conversations.leave({ conversationId: room.id }))).code).toBe('NOT_FOUND');
    expect((await ada.api.conversations.get({ conversationId: room.id })).conversation.memberCount).toBe(1);
    await bob.api.rooms.join({ conversationId: room.id });
    expect((await ada.api.messages.page({ conversationId: room.id })).entries).toHaveLength(5);
  });

  it('keeps a banned person out, whether they join or are added', async () => {
    const world = await aWorld();
    const [ada, bob, cleo] = [
      await world.person('ada'),
      await world.person('bob'),
      await world.person('cleo'),
    ];
    const { id } = await ada.api.rooms.create({ clientId: newClientId(), name: 'Harbour' });
    await bob.api.rooms.join({ conversationId: id });
    await cleo.api.rooms.join({ conversationId: id });
    expect((await refusal(cleo.api.members.ban({ conversationId: id, userId: bob.id }))).code).toBe(
      'FORBIDDEN',
    );
    await ada.api.members.ban({ conversationId: id, userId: bob.id });
    expect((await refusal(bob.api.rooms.join({ conversationId: id }))).code).toBe('BANNED');
    expect((await refusal(cleo.api.members.add({ conversationId: id, userId: bob.id }))).code).toBe('BANNED');
    expect((await refusal(bob.api.messages.page({ conversationId: id }))).code).toBe('NOT_FOUND');
  });

  it('is one of a paged directory, latest activity first', async () => {
    const world = await aWorld();
    const ada = await world.person('ada');
    const ids: string[] = [];
    for (const name of ['one', 'two', 'three']) {
      ids.push((await ada.api.rooms.create({ clientId: newClientId(), name })).id);
    }
    await ada.api.messages.send({ conversationId: ids[0] ?? '', clientId: newClientId(), text: 'up' });
    const first = await ada.api.rooms.list({ limit: 2 });
    const second = await ada.api.rooms.list({ limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.rooms, ...second.rooms].map(({ name }) => name)).toEqual(['one', 'three', 'two']);
    expect(second.nextCursor).toBeNull();
  });
});

describe('the conversation list', () => {
  it('is ordered by activity and paged, each conversation once', async () => {
    const world = await aWorld();
    const ada = await world.person('ada');
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) {
      ids.push((await ada.api.rooms.create({ clientId: newClientId(), name: `room ${String(i)}` })).id);
    }
    await ada.api.messages.send({ conversationId: ids[1] ?? '', clientId: newClientId(), text: 'latest' });
    const seen: (string | null)[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await ada.api.conversations.list({ limit: 2, ...(cursor && { cursor }) });
      seen.push(...page.conversations.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(['room 1', 'room 4', 'room 3', 'room 2', 'room 0']);
  });
});
