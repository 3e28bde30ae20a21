import { newClientId } from '@confab/contract';
import { createWorld, type Person, refusal, type World } from '../src/index.ts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commandsOf } from './commands.ts';

async function aPair(): Promise<{ world: World; ada: Person; bob: Person; conversationId: string }> {
  const world = await createWorld();
  onTestFinished(() => world[Symbol.asyncDispose]());
  const [ada, bob] = [await world.person('ada'), await world.person('bob')];
  const { id } = await ada.api.conversations.openDirect({ userId: bob.id });
  return { world, ada, bob, conversationId: id };
}

describe('sending', () => {
  it('numbers the messages of several processes 1, 2, 3, … without holes or doubles', async () => {
    const { world, ada, bob, conversationId } = await aPair();
    const bobElsewhere = await bob.via(await world.process());
    const send = (api: Person['api'], text: string) =>
      api.messages.send({ conversationId, clientId: newClientId(), text });
    await Promise.all(
      Array.from({ length: 25 }, (_, i) => [
        send(ada.api, `a${String(i)}`),
        send(bobElsewhere, `b${String(i)}`),
      ]).flat(),
    );
    const { entries } = await ada.api.messages.pull({ conversationId, after: 0 });
    expect(entries.map(({ rev }) => rev)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    const texts = entries.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : []));
    // Each sender's own messages keep the order in which they were sent.
    expect(texts.filter((text) => text.startsWith('a'))).toEqual(
      Array.from({ length: 25 }, (_, i) => `a${String(i)}`),
    );
    expect(texts.filter((text) => text.startsWith('b'))).toEqual(
      Array.from({ length: 25 }, (_, i) => `b${String(i)}`),
    );
  });

  it('stores one client id once, however often and wherever it is sent at once', async () => {
    const { world, ada, conversationId } = await aPair();
    const elsewhere = await ada.via(await world.process());
    const request = { conversationId, clientId: newClientId(), text: 'once' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? ada.api : elsewhere).messages.send(request)),
    );
    expect(new Set(answers.map(({ entry }) => JSON.stringify(entry))).size).toBe(1);
    expect((await ada.api.messages.page({ conversationId })).entries).toHaveLength(1);
  });

  it('answers a burst of repeats of many messages, each by its own, with a few commands to the database', async () => {
    const world = await createWorld({ monitorCommands: true });
    onTestFinished(() => world[Symbol.asyncDispose]());
    const [ada, bob] = [await world.person('ada'), await world.person('bob')];
    const { id: conversationId } = await ada.api.conversations.openDirect({ userId: bob.id });
    const stored = { conversationId, clientId: newClientId(), text: 'stored before' };
    const { entry } = await ada.api.messages.send(stored);
    const fresh = [newClientId(), newClientId()].map((clientId) => ({
      conversationId,
      clientId,
      text: 'new',
    }));
    const burst = Array.from({ length: 14 }, () => [stored, ...fresh, { ...stored, text: 'another' }]).flat();
    let answers: PromiseSettledResult<{ entry: { rev: number } }>[] = [];
    const commands = await commandsOf(world).during(async () => {
      answers = await Promise.allSettled(burst.map((request) => ada.api.messages.send(request)));
    });
    const revs = answers.map((answer) =>
      answer.status === 'fulfilled' ? answer.value.entry.rev : 'refused',
    );
    expect(revs).toEqual(Array.from({ length: 14 }, () => [entry.rev, 2, 3, 'refused']).flat());
    expect(commands.filter((command) => command.startsWith('insert ')).length).toBeLessThan(10);
    expect((await bob.api.messages.page({ conversationId })).entries).toHaveLength(3);
  });

  it('refuses another text under a client id that is stored', async () => {
    const { ada, conversationId } = await aPair();
    const clientId = newClientId();
    await ada.api.messages.send({ conversationId, clientId, text: 'first' });
    const refused = await refusal(ada.api.messages.send({ conversationId, clientId, text: 'second' }));
    expect(refused.code).toBe('CLIENT_ID_REUSED');
    expect((await ada.api.messages.page({ conversationId })).entries).toMatchObject([{ text: 'first' }]);
  });

  it('lets two people use the same client id', async () => {
    const { ada, bob, conversationId } = await aPair();
    const clientId = newClientId();
    await ada.api.messages.send({ conversationId, clientId, text: 'hers' });
    await bob.api.messages.send({ conversationId, clientId, text: 'his' });
    expect((await ada.api.messages.page({ conversationId })).entries).toHaveLength(2);
  });

  it('keeps what is hostile in a text as text', async () => {
    const { ada, bob, conversationId } = await aPair();
    for (const text of ['<img src=x onerror=alert(1)>', '{"$ne":null}', '\u202eabc', '__proto__']) {
      await ada.api.messages.send({ conversationId, clientId: newClientId(), text });
      expect((await bob.api.messages.page({ conversationId })).entries.at(-1)).toMatchObject({ text });
    }
  });

  it('keeps the hints at or above what was acknowledged', async () => {
    const { world, ada, conversationId } = await aPair();
    for (let i = 0; i < 3; i++) {
      const { entry } = await ada.api.messages.send({ conversationId, clientId: newClientId(), text: 'x' });
      const stored = await world.backend.core.db.conversations.findById(conversationId);
      expect(stored?.headRev).toBeGreaterThanOrEqual(entry.rev);
      expect(stored?.lastMessageSeq).toBeGreaterThanOrEqual(entry.rev);
    }
  });

  it('refuses a sender who was removed by another process a moment ago', async () => {
    const world = await createWorld();
    onTestFinished(() => world[Symbol.asyncDispose]());
    const [ada, bob] = [await world.person('ada'), await world.person('bob')];
    const { id } = await ada.api.conversations.createGroup({
      clientId: newClientId(),
      name: 'G',
      userIds: [bob.id],
    });
    // This process knows bob as a member, and is not told of his removal: it listens to no channel.
    await bob.api.messages.send({ conversationId: id, clientId: newClientId(), text: 'I may' });
    const adaElsewhere = await ada.via(await world.process());
    await adaElsewhere.members.remove({ conversationId: id, userId: bob.id });
    const late = await refusal(
      bob.api.messages.send({ conversationId: id, clientId: newClientId(), text: 'I may not' }),
    );
    expect(late.code).toBe('NOT_FOUND');
    const { entries } = await ada.api.messages.page({ conversationId: id });
    expect(entries.at(-1)).toMatchObject({ kind: 'member', change: 'removed' });
  });

  it('is limited per user, and says when to come back', async () => {
    const { ada, conversationId } = await aPair();
    const answers = await Promise.allSettled(
      Array.from({ length: 70 }, () =>
        ada.api.messages.send({ conversationId, clientId: newClientId(), text: 'x' }),
      ),
    );
    expect(answers.filter(({ status }) => status === 'rejected').length).toBeGreaterThanOrEqual(5);
    const refused = await refusal(
      ada.api.messages.send({ conversationId, clientId: newClientId(), text: 'x' }),
    );
    expect(refused).toMatchObject({ code: 'RATE_LIMITED' });
    expect(refused.retryAfterMs).toBeGreaterThan(0);
  });
});

describe('history', () => {
  it('is paged backwards without gaps, and pulled forwards from any cursor', async () => {
    const { ada, bob, conversationId } = await aPair();
    for (let i = 1; i <= 25; i++) {
      await ada.api.messages.send({ conversationId, clientId: newClientId(), text: String(i) });
    }
    const newest = await bob.api.messages.page({ conversationId, limit: 10 });
    expect(newest).toMatchObject({ cursor: 25, from: 1 });
    const older = await bob.api.messages.page({ conversationId, limit: 10, before: 16 });
    const oldest = await bob.api.messages.page({ conversationId, limit: 10, before: 6 });
    const all = [...oldest.entries, ...older.entries, ...newest.entries];
    expect(all.map(({ rev }) => rev)).toEqual(Array.from({ length: 25 }, (_, i) => i + 1));

    const pulled = await bob.api.messages.pull({ conversationId, after: 5, limit: 10 });
    expect(pulled.entries.map(({ rev }) => rev)).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
    expect(pulled.more).toBe(true);
    expect(await bob.api.messages.pull({ conversationId, after: 25 })).toMatchObject({
      entries: [],
      more: false,
    });
    expect(await bob.api.messages.pull({ conversationId, after: 9_999 })).toMatchObject({
      entries: [],
      more: false,
    });
  });

  it('fills a hole that a failover left, and the void stays for everybody', async () => {
    const { world, ada, bob, conversationId } = await aPair();
    for (const text of ['1', '2', '3']) {
      await ada.api.messages.send({ conversationId, clientId: newClientId(), text });
    }
    await world.backend.core.db.connection.collection('timeline').deleteOne({ rev: 2 });
    const pulled = await bob.api.messages.pull({ conversationId, after: 0 });
    expect(pulled.entries).toMatchObject([{ text: '1' }, { kind: 'void', rev: 2 }, { text: '3' }]);
    expect((await ada.api.messages.page({ conversationId })).entries).toEqual(pulled.entries);
  });
});
