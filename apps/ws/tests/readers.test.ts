import { type ConversationEvent, limits, type LiveEvent, newClientId } from '@confab/contract';
import { createWorld, type Person, type World } from '@confab/testkit';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { GuardLimits } from '../src/guard/guard-options.ts';
import { drivenRounds } from './faults.ts';
import { browserHeaders, startNode, type WsNode } from './node.ts';
import { probeRouter } from './probe-router.ts';
import { call, noBudgets, noLimits, openRaw, type RawSocket } from './raw-socket.ts';

let world: World;
let ada: Person;
let bob: Person;
beforeAll(async () => {
  world = await createWorld();
  [ada, bob] = [await world.person('ada'), await world.person('bob')];
});
afterAll(() => world[Symbol.asyncDispose]());

const megabyte = 1_048_576;
const { unacknowledgedBytesMax, waitingBytesMax, queuedEventBytesMax } = limits;
/** A sixth of the product's time: a reader of 8 KiB/s is one of 48 KiB/s here. */
const hasty = {
  guardLimits: { ...noBudgets, stalledMs: limits.stalledReaderMs / 6, quietMs: limits.quietSocketMs / 16 },
  lookEveryMs: 100,
};
const slowBytesPerSecond = 6 * 8_192;

async function probeNode(guardLimits: GuardLimits, lookEveryMs?: number): Promise<WsNode> {
  const { router } = probeRouter();
  const backend = { ...world.backend, router: router as never };
  return startNode(world, { backend, guardLimits, ...(lookEveryMs && { lookEveryMs }) });
}

function heldBy(node: WsNode): number {
  const { waiting, unacknowledged } = node.server.held();
  return waiting + unacknowledged;
}

/** Takes so many bytes each second, however many come. Returns how to stop. */
function readSlowly({ socket }: RawSocket, bytesPerSecond: number): () => void {
  const net = (socket as unknown as { _socket: NodeJS.EventEmitter })._socket;
  let timer: NodeJS.Timeout | undefined;
  let isSlow = true;
  const onData = (chunk: Buffer) => {
    if (!isSlow) return;
    socket.pause();
    timer = setTimeout(
      () => {
        socket.resume();
      },
      (chunk.length / bytesPerSecond) * 1_000,
    );
  };
  net.on('data', onData);
  return () => {
    isSlow = false;
    clearTimeout(timer);
    socket.resume();
  };
}

describe('a reader that takes nothing', () => {
  it('costs one answer at most, however many it asked for, and is dropped', async () => {
    const node = await probeNode(hasty.guardLimits, hasty.lookEveryMs);
    const raw = await openRaw(node.url, browserHeaders(ada));
    raw.socket.pause();
    let most = 0;
    const looking = setInterval(() => (most = Math.max(most, heldBy(node))), 10);
    for (let id = 1; id <= 300; id++) raw.send(call(id, 'large', 3 * megabyte));
    await expect.poll(() => heldBy(node)).toBeGreaterThan(megabyte);
    await expect.poll(() => heldBy(node), { timeout: 20_000 }).toBe(0);
    clearInterval(looking);
    raw.socket.resume();
    expect((await raw.closed).code).toBe(1006);
    expect(most).toBeLessThan(3 * megabyte + waitingBytesMax);
  });

  it('would cost all of them without a bound', async () => {
    const node = await probeNode(noLimits);
    const raw = await openRaw(node.url, browserHeaders(ada));
    raw.socket.pause();
    for (let id = 1; id <= 20; id++) raw.send(call(id, 'large', 3 * megabyte));
    await expect.poll(() => heldBy(node)).toBeGreaterThan(60 * megabyte);
  });

  it('is refused what there is no room for, in small, and may ask again', async () => {
    const node = await probeNode(noBudgets);
    const raw = await openRaw(node.url, browserHeaders(ada));
    raw.socket.pause();
    for (let id = 1; id <= 16; id++) raw.send(call(id, 'large', megabyte));
    await expect.poll(() => heldBy(node)).toBeGreaterThan(megabyte);
    raw.socket.resume();
    await expect.poll(() => raw.frames.length).toBe(16);
    const refused = raw.frames.filter((frame) => frame.includes('"error"'));
    expect(refused.length).toBeGreaterThan(0);
    for (const frame of refused) {
      expect(JSON.parse(frame)).toMatchObject({
        error: { data: { confab: { code: 'RATE_LIMITED', retryAfterMs: 1_000 } } },
      });
    }
    const { id } = JSON.parse(refused[0] ?? '') as { id: number };
    raw.send(call(id, 'large', megabyte));
    await expect.poll(() => raw.frames.at(-1)?.length ?? 0).toBeGreaterThan(megabyte);
  });

  it('is cut off where a change was answered that there is no room for: whether it was made is unknown', async () => {
    const node = await probeNode(noBudgets);
    const raw = await openRaw(node.url, browserHeaders(ada));
    raw.socket.pause();
    for (let id = 1; id <= 16; id++) raw.send(call(id, 'largeChange', megabyte, 'mutation'));
    await expect.poll(() => node.server.held()).toEqual({ incoming: 0, waiting: 0, unacknowledged: 0 });
    raw.socket.resume();
    expect((await raw.closed).code).toBe(1006);
  });
});

describe('a reader that is slow', () => {
  it('would be dropped too, were it judged by less than it shows', async () => {
    const node = await probeNode({ ...noBudgets, stalledMs: 50 }, 10);
    const raw = await openRaw(node.url, browserHeaders(ada));
    const stop = readSlowly(raw, slowBytesPerSecond);
    raw.send(call(1, 'large', megabyte));
    await expect.poll(() => heldBy(node)).toBeGreaterThan(0);
    await expect.poll(() => node.server.sockets()).toBe(0);
    stop();
    expect((await raw.closed).code).toBe(1006);
  });
});

describe('a client that is gone without a word', () => {
  it('is asked, and dropped; one that is there answers, and stays', async () => {
    const node = await probeNode(hasty.guardLimits, hasty.lookEveryMs);
    const [gone, there] = [
      await openRaw(node.url, browserHeaders(ada)),
      await openRaw(node.url, browserHeaders(bob)),
    ];
    let asked = 0;
    there.socket.on('ping', () => (asked += 1));
    gone.socket.pause();
    await expect.poll(() => heldBy(node)).toBe(0);
    await expect.poll(() => node.server.sockets(), { timeout: 20_000 }).toBe(1);
    gone.socket.resume();
    expect((await gone.closed).code).toBe(1006);
    expect(asked).toBeGreaterThan(1);
    expect(there.socket.readyState).toBe(there.socket.OPEN);
  });
});

const textOf = (index: number) => `${String(index).padStart(5, '0')}${'x'.repeat(9_995)}`;

/** An event as a send publishes it, of 10 KB. */
function eventOf(conversationId: string, index: number): ConversationEvent {
  return {
    type: 'entries.appended',
    epoch: world.backend.core.db.epoch,
    conversationId,
    entries: [
      {
        kind: 'message',
        messageType: 'text',
        id: (1_000 + index).toString(16).padStart(24, '0'),
        rev: 1_000 + index,
        clientId: newClientId(),
        senderId: ada.id,
        text: textOf(index),
        createdAt: new Date().toISOString(),
      },
    ],
  };
}

async function publish(conversationId: string, events: number): Promise<void> {
  for (let index = 0; index < events; index++) {
    await world.backend.core.pubsub.publishToConversation(conversationId, eventOf(conversationId, index));
  }
}

async function follower(node: WsNode, person: Person): Promise<RawSocket> {
  const raw = await openRaw(node.url, browserHeaders(person));
  raw.send(call(1, 'live.events', undefined, 'subscription'));
  await expect.poll(() => raw.frames.join()).toContain('live.ready');
  return raw;
}

function eventsIn({ frames }: RawSocket): LiveEvent[] {
  return frames.flatMap((frame) => {
    const { result } = JSON.parse(frame) as { result?: { data?: LiveEvent } };
    return result?.data ? [result.data] : [];
  });
}

describe('a reader of events that is too slow for them', () => {
  it('costs what it may owe, is told that it missed some, and hears what comes after', async () => {
    const { id } = await ada.api.conversations.openDirect({ userId: bob.id });
    const node = await startNode(world, { ...drivenRounds, guardLimits: noBudgets });
    const raw = await follower(node, bob);
    raw.socket.pause();
    await publish(id, 300);
    await expect.poll(() => node.server.held().unacknowledged).toBeGreaterThan(unacknowledgedBytesMax);
    expect(heldBy(node)).toBeLessThan(unacknowledgedBytesMax + 65_536);
    raw.socket.resume();
    await expect.poll(() => raw.frames.join()).toContain('live.resync');
    const isAfter = (event: LiveEvent) =>
      event.type === 'entries.appended' && event.entries[0]?.rev === 9_000;
    await world.backend.core.pubsub.publishToConversation(id, eventOf(id, 8_000));
    await expect.poll(() => eventsIn(raw).some(isAfter)).toBe(true);
    const types = eventsIn(raw).map(({ type }) => type);
    const missed = 300 - types.filter((type) => type === 'entries.appended').length + 1;
    expect(missed).toBeGreaterThan(0);
    // What came before the word of it is what could wait.
    expect(types.indexOf('live.resync') * 10_000).toBeLessThan(
      unacknowledgedBytesMax + queuedEventBytesMax + 65_536,
    );
  });

  it('would cost all of them without a bound', async () => {
    const { id } = await ada.api.conversations.openDirect({ userId: bob.id });
    const node = await startNode(world, { ...drivenRounds, guardLimits: noLimits });
    const raw = await follower(node, bob);
    raw.socket.pause();
    await publish(id, 300);
    await expect.poll(() => heldBy(node)).toBeGreaterThan(300 * 10_000);
  });

  it('hears nothing of what waits for it once it may not see that any more', async () => {
    const { id } = await ada.api.conversations.createGroup({
      clientId: newClientId(),
      name: 'G',
      userIds: [bob.id],
    });
    const node = await startNode(world, { ...drivenRounds, guardLimits: noBudgets });
    const raw = await follower(node, bob);
    raw.socket.pause();
    await publish(id, 40);
    await expect.poll(() => node.server.held().unacknowledged).toBeGreaterThan(unacknowledgedBytesMax);
    await ada.api.members.remove({ conversationId: id, userId: bob.id });
    raw.socket.resume();
    await expect.poll(() => raw.frames.join()).toContain('conversation.left');
    const heard = eventsIn(raw);
    const left = heard.findIndex(({ type }) => type === 'conversation.left');
    expect(left).toBeLessThan(40);
    expect(heard.slice(left + 1).filter(({ type }) => type === 'entries.appended')).toEqual([]);
    expect(heard.filter(({ type }) => type === 'entries.appended').length).toBeLessThan(40);
  });
});

describe('30 that take nothing and 5 that are slow', () => {
  it('the 30 are dropped, the 5 stay and are served, and all together cost what each may', async () => {
    const { id } = await ada.api.rooms.create({ clientId: newClientId(), name: `crowd ${newClientId()}` });
    await bob.api.rooms.join({ conversationId: id });
    const people = [bob];
    for (const name of ['cleo', 'dan', 'eve']) {
      const person = await world.person(`${name}${newClientId().slice(0, 6)}`);
      await person.api.rooms.join({ conversationId: id });
      people.push(person);
    }
    const node = await startNode(world, { ...drivenRounds, ...hasty });
    const open = (index: number) => follower(node, people[index % people.length] ?? bob);
    const stalled = await Promise.all(Array.from({ length: 30 }, (_, index) => open(index)));
    const slow = await Promise.all(Array.from({ length: 5 }, (_, index) => open(index)));
    for (const { socket } of stalled) socket.pause();
    const stops = slow.map((raw) => readSlowly(raw, slowBytesPerSecond));
    onTestFinished(() => {
      for (const stop of stops) stop();
    });
    let most = 0;
    let index = 0;
    // Faster than they read, until all of the stalled ones are gone.
    const isOnlySlow = () => node.server.held().unacknowledged <= 5 * (unacknowledgedBytesMax + 65_536);
    await new Promise<void>((resolve, reject) => {
      const pacing = setInterval(() => {
        world.backend.core.pubsub.publishToConversation(id, eventOf(id, index)).catch(reject);
        most = Math.max(most, heldBy(node));
        index += 1;
        if (index < 40 || !isOnlySlow()) return;
        clearInterval(pacing);
        resolve();
      }, 20);
    });
    expect(most).toBeLessThan(35 * (unacknowledgedBytesMax + 65_536));
    for (const { socket } of stalled) socket.resume();
    expect((await Promise.all(stalled.map(({ closed }) => closed))).map(({ code }) => code)).toEqual(
      stalled.map(() => 1006),
    );
    // Longer than a stalled one would last.
    const before = slow.map(({ frames }) => frames.length);
    await expect
      .poll(() => slow.map(({ frames }, i) => frames.length - (before[i] ?? 0)).every((news) => news > 12), {
        timeout: 30_000,
      })
      .toBe(true);
    expect(slow.map(({ socket }) => socket.readyState)).toEqual(slow.map(() => 1));
  });
});
