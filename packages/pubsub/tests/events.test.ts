import type { ConversationEvent, UserEvent } from '@confab/contract';
import { ConfabError } from '@confab/contract';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createWorld, newId, refusalOf, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

function appended(conversationId: string, rev = 1): ConversationEvent {
  return { type: 'entries.appended', epoch: 'e1', conversationId, entries: [{ kind: 'void', rev }] };
}
const joined = (conversationId: string): UserEvent => ({ type: 'conversation.joined', conversationId });

/** How many connections Redis has subscribed to a conversation. */
async function subscribersOf(conversationId: string): Promise<number> {
  const channel = `${world.namespace}:conversation:${conversationId}`;
  const [, count] = (await world.server.client.pubsub('NUMSUB', channel)) as [string, number];
  return count;
}

describe('between two processes', () => {
  test('an event published by one reaches the listeners of the other, as value and as the published JSON', async () => {
    const [here, there] = await Promise.all([world.connect(), world.connect()]);
    const id = newId();
    const listener = vi.fn();
    await there.subscribeConversation(id, listener);
    await here.publishToConversation(id, appended(id));
    await expect.poll(() => listener.mock.calls).toEqual([[appended(id), JSON.stringify(appended(id))]]);
  });

  test("a user's events reach that user's listeners and nobody else's", async () => {
    const [here, there] = await Promise.all([world.connect(), world.connect()]);
    const [ada, bob, conversationId] = [newId(), newId(), newId()];
    const [ofAda, ofBob] = [vi.fn(), vi.fn()];
    await there.subscribeUser(ada, ofAda);
    await there.subscribeUser(bob, ofBob);
    await here.publishToUser(ada, joined(conversationId));
    await here.publishToUser(bob, { type: 'session.revoked', sessionId: 's' });
    await expect.poll(() => ofBob.mock.calls.length).toBe(1);
    expect(ofAda.mock.calls.map(([event]) => event as UserEvent)).toEqual([joined(conversationId)]);
  });

  test('another namespace on the same Redis hears nothing', async () => {
    const [here, same, other] = await Promise.all([
      world.connect(),
      world.connect(),
      world.connect({ namespace: 'other' }),
    ]);
    const id = newId();
    const [heard, overheard] = [vi.fn(), vi.fn()];
    await same.subscribeConversation(id, heard);
    await other.subscribeConversation(id, overheard);
    await here.publishToConversation(id, appended(id));
    await expect.poll(() => heard.mock.calls.length).toBe(1);
    await other.publishToConversation(id, appended(id, 2));
    await expect.poll(() => overheard.mock.calls.length).toBe(1);
    expect(overheard.mock.calls[0]?.[0]).toEqual(appended(id, 2));
  });

  test('a subscription is in place when its promise resolves', async () => {
    const [here, there] = await Promise.all([world.connect(), world.connect()]);
    for (let round = 0; round < 50; round += 1) {
      const id = newId();
      const received = new Promise(
        (resolve) =>
          void there
            .subscribeConversation(id, resolve)
            .then(() => here.publishToConversation(id, appended(id))),
      );
      await received;
    }
  });
});

describe('a channel', () => {
  test('is subscribed once per process, however many listen, and left with the last one', async () => {
    const process = await world.connect();
    const id = newId();
    const before = await subscribeCalls();
    const leave = await Promise.all(
      Array.from({ length: 20 }, () => process.subscribeConversation(id, vi.fn())),
    );
    expect(await subscribeCalls()).toBe(before + 1);
    expect(await subscribersOf(id)).toBe(1);
    for (const unsubscribe of leave.slice(1)) await unsubscribe();
    expect(await subscribersOf(id)).toBe(1);
    await leave[0]?.();
    expect(await subscribersOf(id)).toBe(0);
  });

  test('counts one leaving once, however often it is called', async () => {
    const process = await world.connect();
    const id = newId();
    const [first] = await Promise.all([
      process.subscribeConversation(id, vi.fn()),
      process.subscribeConversation(id, vi.fn()),
    ]);
    await Promise.all([first(), first(), first()]);
    expect(await subscribersOf(id)).toBe(1);
  });

  test('ends as its listeners want it, whatever order they come and go in', async () => {
    const [here, there] = await Promise.all([world.connect(), world.connect()]);
    for (let round = 0; round < 100; round += 1) {
      const id = newId();
      const leave = await there.subscribeConversation(id, vi.fn());
      const listener = vi.fn();
      // The UNSUBSCRIBE is on its way when somebody new arrives.
      const [, leaveAgain] = await Promise.all([leave(), there.subscribeConversation(id, listener)]);
      await here.publishToConversation(id, appended(id));
      await vi.waitFor(() => expect(listener).toHaveBeenCalledTimes(1), 30_000);
      await leaveAgain();
      expect(await subscribersOf(id)).toBe(0);
    }
  });

  test('the same function listening twice hears twice, and leaves separately', async () => {
    const process = await world.connect();
    const id = newId();
    const listener = vi.fn();
    const [first] = await Promise.all([
      process.subscribeConversation(id, listener),
      process.subscribeConversation(id, listener),
    ]);
    await process.publishToConversation(id, appended(id));
    await expect.poll(() => listener.mock.calls.length).toBe(2);
    await first();
    await process.publishToConversation(id, appended(id, 2));
    await expect.poll(() => listener.mock.calls.length).toBe(3);
  });

  test('an event is parsed once, not once per listener', async () => {
    const process = await world.connect();
    const id = newId();
    const listeners = Array.from({ length: 5 }, () => vi.fn());
    await Promise.all(listeners.map((listener) => process.subscribeConversation(id, listener)));
    await process.publishToConversation(id, appended(id));
    await expect.poll(() => listeners.map((listener) => listener.mock.calls.length)).toEqual([1, 1, 1, 1, 1]);
    const events = new Set(listeners.map((listener) => listener.mock.calls[0]?.[0] as unknown));
    expect(events.size).toBe(1);
  });
});

describe('bad input', () => {
  test('malformed and foreign payloads are logged and dropped; the channel goes on, and nothing of them is quoted', async () => {
    const process = await world.connect();
    const id = newId();
    const channel = `${world.namespace}:conversation:${id}`;
    const listener = vi.fn();
    await process.subscribeConversation(id, listener);
    const dropped = () => world.logged().filter((event) => event === 'event.dropped').length;
    const before = dropped();
    const bad = [
      '',
      'nonsense',
      '1:',
      '1:{',
      '1:null',
      '1:[]',
      '1:{"type":"entries.appended"}',
      `2:${JSON.stringify(appended(id))}`,
      JSON.stringify(appended(id)),
      `1:${JSON.stringify({ ...appended(id), extra: 1 })}`,
    ];
    for (const message of bad) await world.server.client.publish(channel, message);
    await process.publishToConversation(id, appended(id));
    await expect.poll(() => listener.mock.calls.length).toBe(1);
    expect(dropped() - before).toBe(bad.length);
  });

  test('a listener that throws is logged and silences neither the others nor itself', async () => {
    const process = await world.connect();
    const id = newId();
    const other = vi.fn();
    await process.subscribeConversation(id, () => {
      throw new Error('a bug');
    });
    await process.subscribeConversation(id, other);
    await process.publishToConversation(id, appended(id));
    await process.publishToConversation(id, appended(id, 2));
    await expect.poll(() => other.mock.calls.length).toBe(2);
    expect(world.logged().filter((event) => event === 'error.unexpected')).toHaveLength(2);
  });

  test.each(['', 'http://127.0.0.1:6379', '127.0.0.1:6379'])(
    '%j is refused as an address of Redis',
    async (url) => {
      const error = await refusalOf(world.connect({ url }));
      expect(error).toBeInstanceOf(ConfabError);
      expect(error).toMatchObject({ code: 'BAD_INPUT' });
    },
  );
});

async function subscribeCalls(): Promise<number> {
  const stats = await world.server.client.info('commandstats');
  return Number(/cmdstat_subscribe:calls=(\d+)/.exec(stats)?.[1] ?? 0);
}
