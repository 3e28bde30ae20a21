import { ConfabError, type ConversationEvent } from '@confab/contract';
import { describe, expect, test, vi } from 'vitest';
import { createWorld, newId, refusalOf } from './world.ts';

const withinSeconds = { timeout: 10_000, interval: 20 };

function appended(conversationId: string, rev: number): ConversationEvent {
  return { type: 'entries.appended', epoch: 'e1', conversationId, entries: [{ kind: 'void', rev }] };
}

describe('Redis killed and started again', () => {
  test('subscriptions survive, and are confirmed before anybody hears that events may be missing', async () => {
    await using world = await createWorld();
    const [here, there] = await Promise.all([world.connect(), world.connect()]);
    const ids = Array.from({ length: 1_200 }, newId);
    const listener = vi.fn();
    await Promise.all(ids.map((id) => there.subscribeConversation(id, listener)));
    let confirmedThen: unknown;
    const resubscribed = new Promise<void>((resolve) => {
      there.onResubscribed(() => {
        confirmedThen = there.status().subscriber;
        resolve();
      });
    });
    await world.server.kill();
    await expect.poll(() => there.status(), withinSeconds).toEqual({ commands: 'away', subscriber: 'away' });
    await world.server.start();
    await Promise.all([resubscribed, here.ready()]);
    expect(confirmedThen).toBe('ready');
    expect(await world.server.client.pubsub('CHANNELS', `${world.namespace}:*`)).toHaveLength(ids.length);
    for (const [index, id] of ids.entries()) await here.publishToConversation(id, appended(id, index + 1));
    await expect.poll(() => listener.mock.calls.length, withinSeconds).toBe(ids.length);
  });

  test('is back within 5 s of its return, and the loss is logged once per connection', async () => {
    await using world = await createWorld();
    const process = await world.connect();
    await world.server.kill();
    await expect.poll(() => process.status().commands, withinSeconds).toBe('away');
    // Several attempts fail meanwhile; each of these takes the time that a refusal takes, and no more.
    for (let attempt = 0; attempt < 3; attempt += 1)
      await refusalOf(process.publishToUser(newId(), { type: 'session.revoked', sessionId: 's' }));
    await world.server.start();
    const startedAt = performance.now();
    await process.ready();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(world.logged().filter((event) => event === 'redis.lost')).toHaveLength(2);
  });

  test('who leaves while Redis is away is not subscribed again', async () => {
    await using world = await createWorld();
    const process = await world.connect();
    const [stays, leaves] = [newId(), newId()];
    await process.subscribeConversation(stays, vi.fn());
    const leave = await process.subscribeConversation(leaves, vi.fn());
    await world.server.kill();
    await expect.poll(() => process.status().subscriber, withinSeconds).toBe('away');
    await leave();
    await world.server.start();
    await process.ready();
    expect(await world.server.client.pubsub('CHANNELS', `${world.namespace}:*`)).toEqual([
      `${world.namespace}:conversation:${stays}`,
    ]);
  });

  test('a connection cut off is restored, and events flow again', async () => {
    await using world = await createWorld();
    const process = await world.connect();
    const id = newId();
    const listener = vi.fn();
    await process.subscribeConversation(id, listener);
    const resubscribed = new Promise<void>((resolve) => void process.onResubscribed(resolve));
    await world.server.client.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await resubscribed;
    await process.publishToConversation(id, appended(id, 1));
    await expect.poll(() => listener.mock.calls.length, withinSeconds).toBe(1);
  });

  test('comings and goings in the middle of outages leave exactly what the listeners want', async () => {
    await using world = await createWorld();
    const process = await world.connect();
    const wanted = new Set<string>();
    const ids = Array.from({ length: 40 }, newId);
    for (let round = 0; round < 15; round += 1) {
      const cut = world.server.client.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
      await Promise.all(
        ids.map(async (id, index) => {
          if (wanted.has(id)) return;
          const leave = await process.subscribeConversation(id, vi.fn());
          if ((index + round) % 3 === 0) wanted.add(id);
          else await leave();
        }),
      );
      await cut;
      await process.ready();
    }
    // The last cut may still be on its way to this process.
    const channels = async () =>
      ((await world.server.client.pubsub('CHANNELS', `${world.namespace}:*`)) as string[]).sort();
    const left = [...wanted].map((id) => `${world.namespace}:conversation:${id}`).sort();
    await expect.poll(channels, withinSeconds).toEqual(left);
    expect(wanted.size).toBeGreaterThan(10);
  });
});

describe('Redis frozen', () => {
  test('commands fail as UNAVAILABLE within about a second, later ones at once; subscriptions wait no longer', async () => {
    await using world = await createWorld();
    const process = await world.connect();
    world.server.freeze();
    const id = newId();
    const startedAt = performance.now();
    const listener = vi.fn();
    const wished = Promise.all([
      process.subscribeConversation(id, listener),
      process.subscribePresence(vi.fn()),
    ]);
    const refusals = await Promise.all([
      refusalOf(process.publishToConversation(id, appended(id, 1))),
      refusalOf(process.presence.acquire({ userId: id, connectionId: 'c' }, 20)),
      refusalOf(process.presence.online()),
    ]);
    await wished;
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    for (const refusal of refusals) {
      expect(refusal).toBeInstanceOf(ConfabError);
      expect(refusal).toMatchObject({
        code: 'UNAVAILABLE',
        details: { retryAfterMs: expect.any(Number) as number },
      });
    }
    await expect
      .poll(() => process.status(), withinSeconds)
      .toEqual({ commands: 'away', subscriber: 'away' });
    const laterAt = performance.now();
    await refusalOf(process.publishToConversation(id, appended(id, 2)));
    expect(performance.now() - laterAt).toBeLessThan(100);
    world.server.thaw();
    await process.ready();
    await process.publishToConversation(id, appended(id, 3));
    await expect.poll(() => listener.mock.calls.length, withinSeconds).toBe(1);
  });

  test('is noticed by a process that asks for nothing, and its subscriptions are restored', async () => {
    await using world = await createWorld();
    const process = await world.connect();
    const id = newId();
    const listener = vi.fn();
    await process.subscribeConversation(id, listener);
    const resubscribed = new Promise<void>((resolve) => void process.onResubscribed(resolve));
    world.server.freeze();
    await expect
      .poll(() => process.status(), withinSeconds)
      .toEqual({ commands: 'away', subscriber: 'away' });
    world.server.thaw();
    await resubscribed;
    await process.ready();
    await process.publishToConversation(id, appended(id, 1));
    await expect.poll(() => listener.mock.calls.length, withinSeconds).toBe(1);
  });
});

describe('Redis full', () => {
  test('takes publications and renewals, keeps everybody online who is, and limits hold on their own', async () => {
    await using world = await createWorld();
    const [here, there] = await Promise.all([world.connect({ leaseMs: 400 }), world.connect()]);
    const [ada, bob, id] = [newId(), newId(), newId()];
    const listener = vi.fn();
    await there.subscribeConversation(id, listener);
    const limiter = here.limiter({ name: 'few', points: 2, windowMs: 3_600_000 });
    await here.presence.acquire({ userId: ada, connectionId: 'laptop' }, 20);
    await here.presence.acquire({ userId: bob, connectionId: 'laptop' }, 20);
    await world.server.client.config('SET', 'maxmemory-policy', 'noeviction');
    await world.server.client.config('SET', 'maxmemory', '1');
    await expect(world.server.client.set('anything', 'at all')).rejects.toThrow('OOM');

    await here.publishToConversation(id, appended(id, 1));
    await expect.poll(() => listener.mock.calls.length, withinSeconds).toBe(1);
    const swept: string[] = [];
    // ada's laptop goes on for longer than any lease lives unrenewed; bob's does not.
    await expect
      .poll(async () => {
        await here.presence.renew([{ userId: ada, connectionId: 'laptop' }]);
        swept.push(...(await there.presence.sweep()).map(({ userId }) => userId));
        return swept;
      }, withinSeconds)
      .toEqual([bob]);
    expect(await there.presence.online()).toEqual([ada]);
    await limiter.consume('somebody');
    await limiter.consume('somebody');
    expect(await refusalOf(limiter.consume('somebody'))).toMatchObject({ code: 'RATE_LIMITED' });
    expect(world.logged()).toContain('limits.fellBack');
  });
});

describe('a process', () => {
  test('starts without Redis, says so, and hears of its arrival', async () => {
    await using world = await createWorld();
    await world.server.kill();
    const process = await world.connect();
    expect(process.status()).toEqual({ commands: 'away', subscriber: 'away' });
    const [user, listener] = [newId(), vi.fn()];
    await process.subscribeUser(user, listener);
    const resubscribed = new Promise<void>((resolve) => void process.onResubscribed(resolve));
    await world.server.start();
    await resubscribed;
    await process.ready();
    expect(process.status()).toEqual({ commands: 'ready', subscriber: 'ready' });
    await process.publishToUser(user, { type: 'session.revoked', sessionId: 's' });
    await expect.poll(() => listener.mock.calls.length, withinSeconds).toBe(1);
  });

  test.each(['ready', 'away', 'frozen'] as const)(
    'closes while Redis is %s, and refuses everything afterwards',
    async (state) => {
      await using world = await createWorld();
      const process = await world.connect();
      const id = newId();
      const leave = await process.subscribeConversation(id, vi.fn());
      if (state === 'away') {
        await world.server.kill();
        await expect.poll(() => process.status().commands, withinSeconds).toBe('away');
      }
      if (state === 'frozen') world.server.freeze();
      await process.close();
      await process.close();
      await leave();
      expect(await refusalOf(process.ready())).toMatchObject({ code: 'UNAVAILABLE' });
      expect(await refusalOf(process.publishToConversation(id, appended(id, 1)))).toMatchObject({
        code: 'UNAVAILABLE',
      });
      expect(process.status()).toEqual({ commands: 'away', subscriber: 'away' });
    },
  );
});
