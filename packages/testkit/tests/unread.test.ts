import { limits, newClientId } from '@confab/contract';
import { newId, placeEntries } from '@confab/db';
import { settled } from '../src/index.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { commandsOf } from './commands.ts';
import { aGroup, aPair, aWorld, type Scene, scene } from './scene.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

async function unreadOf(s: Scene, person: Scene['ada']) {
  const { unread, unreadTo } = (await s.conversation(person)).conversation;
  return { unread, unreadTo };
}

describe('unread', () => {
  it('are the messages of others above what was read, and nothing else', async () => {
    const s = await aPair();
    for (const text of ['1', '2', '3']) await s.send(s.ada, text);
    expect(await unreadOf(s, s.bob)).toEqual({ unread: 3, unreadTo: 3 });
    await s.mark(s.bob, { readSeq: 1 });
    const last = await s.send(s.ada, '4');
    await s.react(s.ada, last, '👍');
    await s.edit(s.ada, last, 'four');
    expect(await unreadOf(s, s.bob)).toEqual({ unread: 3, unreadTo: 4 });
    await settled(s.world.backend);
    expect(await unreadOf(s, s.ada)).toEqual({ unread: 0, unreadTo: 4 });
    await s.mark(s.bob, { readSeq: 6 });
    expect(await unreadOf(s, s.bob)).toEqual({ unread: 0, unreadTo: 6 });
    const { conversations } = await s.bob.api.conversations.list({});
    expect(conversations).toMatchObject([{ unread: 0, unreadTo: 6, readSeq: 6 }]);
  });

  it('are fewer once one is deleted, applied or not', async () => {
    const s = await aPair();
    const [first, second] = [await s.send(s.ada, '1'), await s.send(s.ada, '2')];
    await s.remove(s.ada, first);
    expect((await unreadOf(s, s.bob)).unread).toBe(1);
    vi.spyOn(s.world.backend.core.changes, 'apply').mockResolvedValue();
    await s.remove(s.ada, second);
    expect((await unreadOf(s, s.bob)).unread).toBe(0);
  });

  it('are of nobody whom the reader blocked, here, in the list and among others, until that is taken back', async () => {
    const s = await aGroup();
    const cleo = await s.world.person('cleo');
    await s.ada.api.members.add({ conversationId: s.conversationId, userId: cleo.id });
    for (const text of ['1', '2']) await s.send(s.ada, text);
    const last = await s.send(cleo, '3');
    await s.bob.api.users.block({ userId: s.ada.id });
    expect(await unreadOf(s, s.bob)).toEqual({ unread: 1, unreadTo: last.rev });
    const { conversations } = await s.bob.api.conversations.list({});
    expect(conversations).toMatchObject([{ unread: 1 }]);
    expect((await unreadOf(s, cleo)).unread).toBe(2);
    await s.bob.api.users.unblock({ userId: s.ada.id });
    expect((await unreadOf(s, s.bob)).unread).toBe(3);
  });

  it('end where one answers', async () => {
    const s = await aPair();
    await s.send(s.ada, 'question');
    await s.send(s.bob, 'answer');
    await settled(s.world.backend);
    expect(await unreadOf(s, s.bob)).toEqual({ unread: 0, unreadTo: 2 });
    await s.send(s.ada, 'thanks');
    expect(await unreadOf(s, s.bob)).toEqual({ unread: 1, unreadTo: 3 });
  });

  it('begin for a new member with their joining, whether they see what was before or not', async () => {
    const group = await aGroup();
    const cleo = await group.world.person('cleo');
    await group.send(group.ada, 'before');
    await group.ada.api.members.add({ conversationId: group.conversationId, userId: cleo.id });
    expect(await unreadOf(group, cleo)).toEqual({ unread: 0, unreadTo: 3 });
    await group.send(group.ada, 'after');
    expect(await unreadOf(group, cleo)).toEqual({ unread: 1, unreadTo: 4 });

    const { id } = await group.ada.api.rooms.create({ clientId: newClientId(), name: 'R' });
    const room = scene(group.world, { ada: group.ada, bob: cleo, conversationId: id });
    await room.send(room.ada, 'before');
    await cleo.api.rooms.join({ conversationId: id });
    expect(await unreadOf(room, cleo)).toEqual({ unread: 0, unreadTo: 3 });
    await cleo.api.conversations.leave({ conversationId: id });
    await room.send(room.ada, 'meanwhile');
    await cleo.api.rooms.join({ conversationId: id });
    expect(await unreadOf(room, cleo)).toEqual({ unread: 0, unreadTo: 6 });
  });

  it('are counted up to the last message there is, though heads run ahead of the log', async () => {
    const s = await aPair();
    await s.send(s.ada, '1');
    const { conversations } = s.world.backend.core.db;
    await conversations.raiseHints(s.conversationId, { headRev: 9, lastMessageSeq: 9 });
    // Whatever comes at 2 and above is not in the count: a client adds it when it comes.
    expect(await unreadOf(s, s.bob)).toEqual({ unread: 1, unreadTo: 1 });
  });

  it('are found behind any number of own and deleted messages that a page can hold, counted to a bound', async () => {
    const s = await aPair();
    const { core } = s.world.backend;
    const draft = (i: number) => ({
      kind: 'message' as const,
      messageType: 'text' as const,
      text: String(i),
      senderId: i < 150 ? s.bob.id : s.ada.id,
      clientId: newClientId(),
      bodyHash: '',
      createdAt: new Date(),
      ...(i >= 150 && i < 250 && { deletedRev: 900 }),
    });
    const entries = placeEntries(
      s.conversationId,
      1,
      Array.from({ length: 400 }, (_, i) => draft(i)),
    );
    await core.db.timeline.insertBatch(entries.slice(0, 270));
    await core.db.conversations.raiseHints(s.conversationId, { headRev: 400, lastMessageSeq: 400 });
    expect(await unreadOf(s, s.bob)).toEqual({ unread: 20, unreadTo: 270 });
    await core.db.timeline.insertBatch(entries.slice(270));
    expect(await unreadOf(s, s.bob)).toEqual({ unread: limits.unreadMax, unreadTo: 350 });
  });

  it('cost a query only in rows that have some', async () => {
    const world = await aWorld({ monitorCommands: true });
    const [ada, bob] = [await world.person('ada'), await world.person('bob')];
    const rows: Scene[] = [];
    for (let i = 0; i < 5; i++) {
      const group = { clientId: newClientId(), name: `G${String(i)}`, userIds: [bob.id] };
      const { id } = await ada.api.conversations.createGroup(group);
      rows.push(scene(world, { ada, bob, conversationId: id }));
    }
    for (const row of rows) {
      await row.send(ada, 'x');
      await row.mark(bob, { readSeq: 2 });
    }
    const { during } = commandsOf(world);
    const list = async () =>
      (await during(() => bob.api.conversations.list({}))).filter((sent) => sent.startsWith('find '));
    const read = await list();
    for (const row of rows.slice(0, 2)) await row.send(ada, 'y');
    expect((await list()).length - read.length).toBe(2);
    // Memberships, what is pending, conversations, blocks, and all last messages; no peers here.
    const expected = [
      'find blocks',
      'find memberships',
      'find timeline',
      'find conversations',
      'find timeline',
    ];
    expect(read.toSorted()).toEqual(expected.toSorted());
  });
});

describe('counting and looking for changes', () => {
  it('examines no more keys than the bound, however long the log', async () => {
    const s = await aPair();
    const { timeline, connection } = s.world.backend.core.db;
    const base = { senderId: s.ada.id, bodyHash: '', createdAt: new Date() };
    const message = { ...base, kind: 'message' as const, messageType: 'text' as const, text: 'x' };
    const target = newId();
    const reaction = { ...base, kind: 'reaction' as const, messageId: target, seq: 1, emoji: '👍', on: true };
    const drafts = Array.from({ length: 600 }, (_, i) =>
      i % 2
        ? { ...message, clientId: newClientId() }
        : { ...reaction, pending: false, clientId: newClientId() },
    );
    await timeline.insertBatch(placeEntries(s.conversationId, 1, drafts));
    const examined = async (call: () => Promise<unknown>) => {
      const find = vi.spyOn(timeline.model, 'find');
      await call();
      const query = find.mock.results[0]?.value as {
        getFilter(): object;
        getOptions(): object;
        projection(): object;
      };
      find.mockRestore();
      const explain = { find: 'timeline', filter: query.getFilter(), ...query.getOptions() };
      const answer = await connection.db?.command({ explain, verbosity: 'executionStats' });
      return (answer?.['executionStats'] as { totalKeysExamined: number }).totalKeysExamined;
    };
    const { conversationId } = s;
    expect(
      await examined(() => timeline.listMarks({ conversationId, after: 10, limit: 100 })),
    ).toBeLessThanOrEqual(101);
    expect(
      await examined(() => timeline.listPending({ conversationIds: [conversationId] })),
    ).toBeLessThanOrEqual(2);
    const edits = { conversationId, messageId: target, kind: 'edit' as const, limit: 10 };
    expect(await examined(() => timeline.listOfTarget(edits))).toBeLessThanOrEqual(1);
  });
});
