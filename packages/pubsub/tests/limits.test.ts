import { ConfabError } from '@confab/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Limiter } from '../src/index.ts';
import { createWorld, newId, refusalOf, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const messages = { name: 'messages', points: 60, windowMs: 60_000 };
const signIns = { name: 'signIns', points: 5, windowMs: 30_000 };

/** How many of so many simultaneous attempts on each of the processes are granted. */
async function granted(limiters: readonly Limiter[], key: string, attemptsEach: number): Promise<number> {
  const attempts = Array.from({ length: attemptsEach }, () =>
    limiters.map((limiter) => limiter.consume(key)),
  );
  const results = await Promise.allSettled(attempts.flat());
  return results.filter(({ status }) => status === 'fulfilled').length;
}

describe('a limit', () => {
  test('grants exactly its burst, then refuses with the time to wait', async () => {
    const limiter = (await world.connect()).limiter(messages);
    const key = newId();
    for (let count = 0; count < 60; count += 1) await limiter.consume(key);
    const error = await refusalOf(limiter.consume(key));
    expect(error).toBeInstanceOf(ConfabError);
    expect(error).toMatchObject({ code: 'RATE_LIMITED' });
    const waitMs = (error as ConfabError).details.retryAfterMs ?? 0;
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(1_000);
  });

  test('is one limit over all processes, exact under simultaneous attempts', async () => {
    const limiters = (await Promise.all([world.connect(), world.connect(), world.connect()])).map((process) =>
      process.limiter(signIns),
    );
    expect(await granted(limiters, newId(), 60)).toBe(5);
  });

  test('is kept per key and per name', async () => {
    const process = await world.connect();
    const [ada, bob] = [newId(), newId()];
    expect(await granted([process.limiter(signIns)], ada, 10)).toBe(5);
    expect(await granted([process.limiter(signIns)], bob, 10)).toBe(5);
    expect(await granted([process.limiter({ ...signIns, name: 'other' })], ada, 10)).toBe(5);
  });

  test('comes back one point at a time, at its rate and no faster', async () => {
    const limiter = (await world.connect()).limiter({ name: 'fast', points: 3, windowMs: 150 });
    const key = newId();
    const startedAt = performance.now();
    let count = 0;
    await expect
      .poll(async () => (count += await granted([limiter], key, 4)), { interval: 5, timeout: 5_000 })
      .toBeGreaterThanOrEqual(10);
    const elapsedMs = performance.now() - startedAt;
    expect(count).toBeLessThanOrEqual(3 + Math.floor(elapsedMs / 50));
    expect(elapsedMs).toBeGreaterThanOrEqual(7 * 50 - 1);
  });

  test('a refused attempt costs nothing: whoever hammers waits no longer', async () => {
    const limiter = (await world.connect()).limiter(signIns);
    const key = newId();
    await granted([limiter], key, 5);
    await granted([limiter], key, 200);
    const { details } = (await refusalOf(limiter.consume(key))) as ConfabError;
    expect(details.retryAfterMs).toBeLessThanOrEqual(6_000);
  });

  test('refunded points are there again, never more than the burst', async () => {
    const [here, there] = (await Promise.all([world.connect(), world.connect()])).map((process) =>
      process.limiter(signIns),
    );
    if (here === undefined || there === undefined) throw new Error('There are two.');
    const key = newId();
    // Successful attempts are refunded and so are never limited, however many there are.
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await here.consume(key);
      await here.refund(key);
    }
    await here.refund(key, 5);
    expect(await granted([here, there], key, 20)).toBe(5);
  });

  test('an attempt that another process had used up leaves nothing behind in this one', async () => {
    const [here, there] = (await Promise.all([world.connect(), world.connect()])).map((process) =>
      process.limiter(signIns),
    );
    if (here === undefined || there === undefined) throw new Error('There are two.');
    const key = newId();
    await here.consume(key, 5);
    expect(await granted([there], key, 5)).toBe(0);
    await here.refund(key, 5);
    expect(await granted([there], key, 20)).toBe(5);
  });

  test("locks nobody out when Redis' clock is set back", async () => {
    const limiter = (await world.connect({ namespace: 'clock' })).limiter(signIns);
    const key = newId();
    await world.server.client.set(`clock:limit:signIns:${key}`, String((Date.now() + 86_400_000) * 1_000));
    const { details } = (await refusalOf(limiter.consume(key))) as ConfabError;
    expect(details.retryAfterMs).toBeLessThanOrEqual(6_000);
  });

  test('is looked at without being touched', async () => {
    const [here, there] = (await Promise.all([world.connect(), world.connect()])).map((process) =>
      process.limiter(signIns),
    );
    if (here === undefined || there === undefined) throw new Error('There are two.');
    const key = newId();
    for (let look = 0; look < 20; look += 1) await here.peek(key);
    expect(await granted([here], key, 20)).toBe(5);
    expect(await refusalOf(here.peek(key))).toMatchObject({ code: 'RATE_LIMITED' });
    expect(await refusalOf(there.peek(key))).toMatchObject({ code: 'RATE_LIMITED' });
  });

  test('leaves no key behind for longer than its window', async () => {
    const process = await world.connect({ namespace: 'ttl' });
    await process.limiter(messages).consume(newId(), 30);
    const [key = ''] = await world.server.client.keys('ttl:*');
    const ttl = await world.server.client.pttl(key);
    expect(ttl).toBeGreaterThan(29_000);
    expect(ttl).toBeLessThanOrEqual(30_000);
  });

  test.each([0, -1, 1.5, 61, Number.NaN])('%d points at once are a bug, and say so', async (count) => {
    const limiter = (await world.connect()).limiter(messages);
    expect(await refusalOf(limiter.consume(newId(), count))).toBeInstanceOf(RangeError);
  });
});

describe('without Redis', () => {
  test.each(['killed', 'frozen', 'full'] as const)(
    '%s: the limit holds in this process, which says so once, and goes back',
    async (state) => {
      await using own = await createWorld();
      const process = await own.connect();
      const limiter = process.limiter(signIns);
      const [before, during] = [newId(), newId()];
      expect(await granted([limiter], before, 5)).toBe(5);
      if (state === 'killed') await own.server.kill();
      if (state === 'frozen') own.server.freeze();
      if (state === 'full') await own.server.client.config('SET', 'maxmemory', '1');
      expect(await granted([limiter], during, 50)).toBe(5);
      // No new burst for those who had used theirs.
      expect(await granted([limiter], before, 5)).toBe(0);
      expect(own.logged().filter((event) => event === 'limits.fellBack')).toHaveLength(1);
      if (state === 'killed') await own.server.start();
      if (state === 'frozen') own.server.thaw();
      if (state === 'full') await own.server.client.config('SET', 'maxmemory', '0');
      await expect
        .poll(async () => {
          await limiter.consume(newId());
          return own.logged().filter((event) => event === 'limits.restored');
        })
        .toHaveLength(1);
      expect(own.logged().filter((event) => event === 'limits.fellBack')).toHaveLength(1);
    },
  );

  test('flushed: whoever had used their burst gets no new one in this process', async () => {
    await using own = await createWorld();
    const limiter = (await own.connect()).limiter(signIns);
    const key = newId();
    await granted([limiter], key, 5);
    await own.server.client.flushall();
    expect(await granted([limiter], key, 20)).toBe(0);
  });
});
