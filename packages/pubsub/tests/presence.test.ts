import type { PresenceEvent } from '@confab/contract';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Pubsub, PubsubOptions } from '../src/index.ts';
import { createWorld, newId, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** Two processes of an installation of their own, and the presence events that a third one hears. */
async function twoProcesses(
  options: Partial<PubsubOptions> = {},
): Promise<{ here: Pubsub; there: Pubsub; heard: PresenceEvent[] }> {
  const namespace = `presence-${newId()}`;
  const [here, there, observer] = await Promise.all([
    world.connect({ namespace, ...options }),
    world.connect({ namespace, ...options }),
    world.connect({ namespace }),
  ]);
  const heard: PresenceEvent[] = [];
  await observer.subscribePresence((event) => void heard.push(event));
  return { here, there, heard };
}

function online(userId: string): PresenceEvent {
  return { type: 'presence.changed', userId, online: true, lastSeenAt: null };
}
function offline(userId: string): PresenceEvent {
  return {
    type: 'presence.changed',
    userId,
    online: false,
    lastSeenAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
  };
}

/** An event that is published last has every earlier one of its shard before it; so wait for one in each. */
async function settled(process: Pubsub, heard: PresenceEvent[]): Promise<PresenceEvent[]> {
  const marks = Array.from({ length: 200 }, newId);
  await process.presence.renew(marks.map((userId) => ({ userId, connectionId: 'mark' })));
  await expect.poll(() => marks.every((mark) => heard.some((event) => event.userId === mark))).toBe(true);
  return heard.filter((event) => !marks.includes(event.userId));
}

describe('leases', () => {
  test('a user is online from the first connection to the end of the last, on whichever processes; each change is published once', async () => {
    const { here, there, heard } = await twoProcesses();
    const ada = newId();
    await here.presence.acquire({ userId: ada, connectionId: 'laptop' }, 20);
    await there.presence.acquire({ userId: ada, connectionId: 'phone' }, 20);
    await here.presence.acquire({ userId: ada, connectionId: 'laptop' }, 20);
    expect(await there.presence.online()).toEqual([ada]);
    expect(await here.presence.release({ userId: ada, connectionId: 'laptop' })).toBeNull();
    expect(await there.presence.online()).toEqual([ada]);
    const last = await there.presence.release({ userId: ada, connectionId: 'phone' });
    expect(last).toEqual({ userId: ada, lastSeenAt: expect.any(String) as string });
    expect(Math.abs(Date.parse(last?.lastSeenAt ?? '') - Date.now())).toBeLessThan(5_000);
    expect(await here.presence.release({ userId: ada, connectionId: 'phone' })).toBeNull();
    expect(await here.presence.online()).toEqual([]);
    expect(await settled(here, heard)).toEqual([
      online(ada),
      { ...offline(ada), lastSeenAt: last?.lastSeenAt },
    ]);
  });

  test('a user has so many over all processes; one more is refused and changes nothing, those that are there stay', async () => {
    const { here, there, heard } = await twoProcesses();
    const ada = newId();
    const lease = (connectionId: string) => ({ userId: ada, connectionId });
    const asked = await Promise.all(
      Array.from({ length: 8 }, (_, i) => (i % 2 ? here : there).presence.acquire(lease(String(i)), 3)),
    );
    expect(asked.filter(Boolean)).toHaveLength(3);
    const held = String(asked.indexOf(true));
    const refused = lease(String(asked.indexOf(false)));
    expect(await here.presence.holds(refused)).toBe(false);
    expect(await there.presence.acquire(lease(held), 3)).toBe(true);
    expect(await here.presence.release(refused)).toBeNull();
    expect(await here.presence.acquire(refused, 3)).toBe(false);
    await there.presence.release(lease(held));
    expect(await here.presence.acquire(refused, 3)).toBe(true);
    expect(await settled(here, heard)).toEqual([online(ada)]);
  });

  test('leases that nobody renews any more keep nobody out, before they are over', async () => {
    const namespace = `presence-${newId()}`;
    const [dead, living] = await Promise.all([
      // In the second half of a living process's lease from its beginning.
      world.connect({ namespace, leaseMs: 10_000 }),
      world.connect({ namespace, leaseMs: 25_000 }),
    ]);
    const ada = newId();
    await dead.presence.acquire({ userId: ada, connectionId: 'dead' }, 1);
    expect(await living.presence.acquire({ userId: ada, connectionId: 'new' }, 1)).toBe(true);
    expect(await living.presence.holds({ userId: ada, connectionId: 'dead' })).toBe(true);
    expect(await living.presence.acquire({ userId: ada, connectionId: 'another' }, 1)).toBe(false);
  });

  test('simultaneous comings and goings of many publish exactly one change each', async () => {
    const { here, there, heard } = await twoProcesses();
    const people = Array.from({ length: 100 }, newId);
    const everywhere = people.flatMap((userId) =>
      [here, here, there, there].map((process, index) => ({
        process,
        lease: { userId, connectionId: String(index) },
      })),
    );
    await Promise.all(everywhere.map(({ process, lease }) => process.presence.acquire(lease, 20)));
    expect((await here.presence.online()).sort()).toEqual([...people].sort());
    const released = await Promise.all(
      everywhere.map(({ process, lease }) => process.presence.release(lease)),
    );
    expect(
      released
        .filter((user) => user !== null)
        .map(({ userId }) => userId)
        .sort(),
    ).toEqual([...people].sort());
    const events = await settled(here, heard);
    for (const userId of people) {
      expect(events.filter((event) => event.userId === userId)).toEqual([online(userId), offline(userId)]);
    }
  });

  test('what nobody renews expires, and exactly one of two sweepers gets each user', async () => {
    const { here, there, heard } = await twoProcesses({ leaseMs: 30 });
    const people = Array.from({ length: 50 }, newId);
    await here.presence.renew(people.map((userId) => ({ userId, connectionId: 'gone' })));
    const swept: string[] = [];
    await expect
      .poll(async () => {
        const both = await Promise.all([
          here.presence.sweep(),
          there.presence.sweep(),
          here.presence.sweep(),
        ]);
        swept.push(...both.flat().map(({ userId }) => userId));
        return swept.length;
      })
      .toBeGreaterThanOrEqual(people.length);
    expect(swept.sort()).toEqual([...people].sort());
    expect(await here.presence.online()).toEqual([]);
    const events = await settled(there, heard);
    for (const userId of people) {
      expect(events.filter((event) => event.userId === userId)).toEqual([online(userId), offline(userId)]);
    }
  });

  test('a sweep leaves alone who has renewed, and a user with one dead and one living device', async () => {
    const namespace = `presence-${newId()}`;
    const [dying, living] = await Promise.all([
      world.connect({ namespace, leaseMs: 20 }),
      world.connect({ namespace }),
    ]);
    const [ada, bob] = [newId(), newId()];
    await dying.presence.acquire({ userId: ada, connectionId: 'laptop' }, 20);
    await living.presence.acquire({ userId: ada, connectionId: 'phone' }, 20);
    await dying.presence.acquire({ userId: bob, connectionId: 'laptop' }, 20);
    const swept: string[] = [];
    await expect
      .poll(async () => {
        swept.push(...(await living.presence.sweep()).map(({ userId }) => userId));
        return swept;
      })
      .toEqual([bob]);
    expect(await living.presence.online()).toEqual([ada]);
    expect(await living.presence.release({ userId: ada, connectionId: 'phone' })).toMatchObject({
      userId: ada,
    });
  });

  test('a release leaves the user online only as long as the lease that remains', async () => {
    const namespace = `presence-${newId()}`;
    const [short, long] = await Promise.all([
      world.connect({ namespace, leaseMs: 20 }),
      world.connect({ namespace }),
    ]);
    const ada = newId();
    await short.presence.acquire({ userId: ada, connectionId: 'laptop' }, 20);
    await long.presence.acquire({ userId: ada, connectionId: 'phone' }, 20);
    await long.presence.release({ userId: ada, connectionId: 'phone' });
    const swept: string[] = [];
    await expect
      .poll(async () => {
        swept.push(...(await long.presence.sweep()).map(({ userId }) => userId));
        return long.presence.online();
      })
      .toEqual([]);
  });

  test('a process that paused past its leases brings its users back with its next renewal', async () => {
    const { here, there, heard } = await twoProcesses({ leaseMs: 20 });
    const ada = newId();
    await here.presence.acquire({ userId: ada, connectionId: 'laptop' }, 20);
    await expect.poll(async () => (await there.presence.sweep()).length).toBe(1);
    await here.presence.renew([{ userId: ada, connectionId: 'laptop' }]);
    await expect
      .poll(() => heard.filter((event) => event.userId === ada))
      .toEqual([online(ada), offline(ada), online(ada)]);
  });

  test('Redis flushed: the next renewal brings everybody back online, published', async () => {
    const { here, heard } = await twoProcesses();
    const people = Array.from({ length: 30 }, newId);
    const leases = people.map((userId) => ({ userId, connectionId: 'c' }));
    await here.presence.renew(leases);
    await world.server.client.flushall();
    expect(await here.presence.online()).toEqual([]);
    await here.presence.renew(leases);
    expect((await here.presence.online()).sort()).toEqual([...people].sort());
    const events = await settled(here, heard);
    expect(events.filter((event) => event.userId === people[0])).toEqual([
      online(people[0] ?? ''),
      online(people[0] ?? ''),
    ]);
  });

  test('a renewal of thousands is at most a few scripts per shard, and no key lives for ever', async () => {
    const { here } = await twoProcesses();
    await world.server.client.flushall();
    const evals = async () =>
      Number(/cmdstat_eval:calls=(\d+)/.exec(await world.server.client.info('commandstats'))?.[1] ?? 0);
    const before = await evals();
    await here.presence.renew(
      Array.from({ length: 3_000 }, () => ({ userId: newId(), connectionId: newId() })),
    );
    expect((await evals()) - before).toBe(16);
    const keys = await world.server.client.keys('*');
    expect(keys.length).toBe(3_016);
    const ttls = await Promise.all(keys.map((key) => world.server.client.pttl(key)));
    expect(Math.min(...ttls)).toBeGreaterThan(0);
  });
});

test('nobody hears of presence after leaving, and the last to leave unsubscribes all shards', async () => {
  const process = await world.connect({ namespace: 'leaving' });
  const listener = vi.fn();
  const leave = await process.subscribePresence(listener);
  expect(await world.server.client.pubsub('CHANNELS', 'leaving:*')).toHaveLength(16);
  await leave();
  expect(await world.server.client.pubsub('CHANNELS', 'leaving:*')).toEqual([]);
});
