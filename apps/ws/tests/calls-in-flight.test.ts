import { limits } from '@confab/contract';
import { createWorld, type Person, type World } from '@confab/testkit';
import { beforeAll, describe, expect, it, onTestFinished, afterAll } from 'vitest';
import type { GuardLimits } from '../src/guard/guard-options.ts';
import { browserHeaders, startNode } from './node.ts';
import { probeRouter } from './probe-router.ts';
import { call, noBudgets, noLimits, openRaw } from './raw-socket.ts';

let world: World;
let ada: Person;
beforeAll(async () => {
  world = await createWorld();
  ada = await world.person('ada');
});
afterAll(() => world[Symbol.asyncDispose]());

async function aSocket(guardLimits: GuardLimits) {
  const { router, probe } = probeRouter();
  const backend = { ...world.backend, router: router as never };
  const node = await startNode(world, { backend, guardLimits });
  const raw = await openRaw(node.url, browserHeaders(ada));
  onTestFinished(() => {
    probe.release();
  });
  return { node, raw, probe };
}

/** An answer that comes after everything that was sent before it has been read. */
async function fence({ raw }: Awaited<ReturnType<typeof aSocket>>): Promise<void> {
  const before = raw.frames.filter((frame) => frame === 'PONG').length;
  raw.socket.send('PING');
  await expect.poll(() => raw.frames.filter((frame) => frame === 'PONG').length).toBe(before + 1);
}

const callsMax = limits.callsInFlightMax;

describe('calls that are pipelined on one socket', () => {
  it('are worked on sixteen at a time, in order, and all are answered', async () => {
    const { raw, probe } = await aSocket(noBudgets);
    for (let id = 1; id <= 1_000; id++) raw.send(call(id, 'held'));
    let most = 0;
    while (raw.frames.length < 1_000) {
      await expect.poll(() => probe.underWay() === callsMax || probe.made() === 1_000).toBe(true);
      most = Math.max(most, probe.underWay());
      probe.release();
      await new Promise(setImmediate);
    }
    expect(most).toBe(callsMax);
    expect(raw.frames.map((frame) => (JSON.parse(frame) as { id: number }).id)).toEqual(
      Array.from({ length: 1_000 }, (_, i) => i + 1),
    );
  });

  it('would all be worked on at once without the limit', async () => {
    const { raw, probe } = await aSocket(noLimits);
    for (let id = 1; id <= 1_000; id++) raw.send(call(id, 'held'));
    await expect.poll(() => probe.underWay()).toBe(1_000);
  });

  it('are counted in batches, too, and a word that comes after them is read when they have begun', async () => {
    const socket = await aSocket(noBudgets);
    const { raw, probe } = socket;
    for (let batch = 0; batch < 3; batch++) {
      raw.send(Array.from({ length: 10 }, (_, i) => call(batch * 10 + i + 1, 'held')));
    }
    await expect.poll(() => probe.underWay()).toBe(10);
    probe.release();
    await expect.poll(() => probe.made()).toBe(20);
    expect(probe.underWay()).toBe(10);
    probe.release();
    await fence(socket);
    expect(probe.made()).toBe(30);
  });

  it('are not read further when enough of them wait: what is kept is bounded', async () => {
    const { node, raw, probe } = await aSocket(noBudgets);
    const input = 'x'.repeat(2_000);
    for (let id = 1; id <= 5_000; id++) raw.send(call(id, 'held', input));
    await expect.poll(() => probe.underWay()).toBe(callsMax);
    // Some 10 MB, of which most has to stay with the client.
    await expect.poll(() => node.server.held().incoming).toBeGreaterThan(limits.messageBytesMax);
    expect(raw.socket.bufferedAmount).toBeGreaterThan(0);
    // What is kept, and what one reading of the network brings beyond it.
    expect(node.server.held().incoming).toBeLessThan(3 * limits.messageBytesMax);
  });

  it.each([
    ['closes', (raw: Awaited<ReturnType<typeof openRaw>>) => raw.socket.close()],
    ['is cut off', (raw: Awaited<ReturnType<typeof openRaw>>) => raw.socket.terminate()],
  ])('never begin when their client %s, and those that have begun are told', async (_, leave) => {
    const { node, raw, probe } = await aSocket(noBudgets);
    for (let id = 1; id <= 50; id++) raw.send(call(id, 'held'));
    await expect.poll(() => probe.underWay()).toBe(callsMax);
    expect(probe.closed.map(({ aborted }) => aborted)).toEqual([false]);
    leave(raw);
    await raw.closed;
    await expect.poll(() => probe.closed.map(({ aborted }) => aborted)).toEqual([true]);
    probe.release();
    await new Promise(setImmediate);
    expect(probe.made()).toBe(callsMax);
    expect(node.server.held()).toEqual({ incoming: 0, waiting: 0, unacknowledged: 0 });
  });

  it('begin all the same without the limit, though nobody waits for them', async () => {
    const { raw, probe } = await aSocket(noLimits);
    for (let id = 1; id <= 50; id++) raw.send(call(id, 'held'));
    await expect.poll(() => probe.underWay()).toBe(50);
  });
});

describe('a request id that is in use', () => {
  it('is refused for a call and for a subscription, and free again afterwards', async () => {
    const socket = await aSocket(noBudgets);
    const { raw, probe } = socket;
    raw.send(call(1, 'held'));
    raw.send(call(2, 'feed', undefined, 'subscription'));
    await expect.poll(() => raw.frames.join()).toContain('begun');
    const before = raw.frames.length;
    raw.send(call(1, 'held'));
    raw.send(call(2, 'held'));
    raw.send(call(2, 'feed', undefined, 'subscription'));
    await expect.poll(() => raw.frames.length).toBe(before + 3);
    for (const frame of raw.frames.slice(before)) {
      expect(JSON.parse(frame)).toMatchObject({ error: { data: { confab: { code: 'BAD_INPUT' } } } });
    }
    expect(probe.made()).toBe(1);
    probe.release();
    raw.send({ id: 2, method: 'subscription.stop' });
    await expect.poll(() => raw.frames.join()).toContain('stopped');
    raw.send(call(1, 'held'));
    raw.send(call(2, 'held'));
    await expect.poll(() => probe.made()).toBe(3);
  });

  it.each([
    ['that JSON cannot write', '1e999'],
    ['of any length', JSON.stringify('x'.repeat(1_000))],
  ])('closes the socket when it is one %s', async (_, id) => {
    const { raw, probe } = await aSocket(noBudgets);
    raw.socket.send(JSON.stringify(call(7, 'held')).replace('7', id));
    expect((await raw.closed).code).toBe(1008);
    expect(probe.made()).toBe(0);
  });
});
