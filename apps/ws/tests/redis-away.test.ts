import { type HintEvent, limits, type LiveEvent, newClientId } from '@confab/contract';
import { createWorld, type OwnRedis, type Person, startOwnRedis, type World } from '@confab/testkit';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { drivenRounds } from './faults.ts';
import { startNode, type WsNode } from './node.ts';
import { eventsOf, feedOf } from './subscription.ts';

const timing = { graceMs: 0, presenceSettleMs: 50 };
const patiently = { timeout: 15_000, interval: 20 };

let redis: OwnRedis;
let world: World;
let nodes: [WsNode, WsNode];
let ada: Person;
let bob: Person;

beforeEach(async () => {
  redis = await startOwnRedis();
  onTestFinished(() => redis[Symbol.asyncDispose]());
  world = await createWorld({ redisUrl: redis.url, timing });
  onTestFinished(() => world[Symbol.asyncDispose]());
  [ada, bob] = [await world.person('ada'), await world.person('bob')];
  nodes = [await startNode(world, drivenRounds), await startNode(world, drivenRounds)];
});

const isReady = ({ type }: LiveEvent) => type === 'live.ready';
const hasRev = (rev: number) => (event: LiveEvent) =>
  event.type === 'entries.appended' && event.entries.some((entry) => entry.rev === rev);
const round = () => Promise.all(nodes.map(({ backend }) => backend.core.live.watchdog.round()));
const subscribers = () => nodes.map(({ backend }) => backend.core.pubsub.status().subscriber);

async function killRedis(): Promise<void> {
  await redis.kill();
  await vi.waitFor(() => {
    expect(subscribers()).toEqual(['away', 'away']);
  }, patiently);
}

async function direct(): Promise<string> {
  return (await ada.api.conversations.openDirect({ userId: bob.id })).id;
}

describe('while Redis is away', () => {
  it('every send is acknowledged and arrives by the watchdog, and live again after its return', async () => {
    const [one, two] = nodes;
    const conversationId = await direct();
    const adas = one.connect(ada);
    const bobs = two.connect(bob);
    await using feed = eventsOf(bobs);
    await feed.until(isReady);
    const sendSome = (texts: string[]) =>
      Promise.all(
        texts.map((text) =>
          adas.trpc.messages.send.mutate({ conversationId, clientId: newClientId(), text }),
        ),
      );
    const underFire = sendSome(Array.from({ length: limits.batchCallsMax }, (_, i) => `around ${String(i)}`));
    await killRedis();
    const sent = [...(await underFire), ...(await sendSome(['away 1', 'away 2']))];
    const head = Math.max(...sent.map(({ entry }) => entry.rev));
    await round();
    await feed.until((event) => event.type === 'conversation.advanced' && event.headRev >= head);
    const { entries } = await bobs.trpc.messages.pull.query({ conversationId, after: 0 });
    expect(entries.map(({ rev }) => rev)).toEqual(sent.map(({ entry }) => entry.rev).sort((a, b) => a - b));

    await redis.start();
    await feed.until(({ type }) => type === 'live.resync');
    await one.backend.core.pubsub.ready();
    const [back] = await sendSome(['live again']);
    await feed.until(hasRev(back?.entry.rev ?? 0));
  });

  it('a subscription begins all the same, is served by the watchdog, and is confirmed with a resync', async () => {
    const conversationId = await direct();
    await killRedis();
    await using feed = eventsOf(nodes[1].connect(bob));
    await feed.until(isReady);
    const { entry } = await ada.api.messages.send({ conversationId, clientId: newClientId(), text: 'hi' });
    await round();
    await feed.until((event) => event.type === 'conversation.advanced' && event.headRev === entry.rev);
    await redis.start();
    await feed.until(({ type }) => type === 'live.resync');
    await world.backend.core.pubsub.ready();
    const live = await ada.api.messages.send({ conversationId, clientId: newClientId(), text: 'and live' });
    await feed.until(hasRev(live.entry.rev));
  });

  it('an ended session and a lost membership are found by the watchdog, and a send is refused at once', async () => {
    const cleo = await world.person('cleo');
    const { id } = await ada.api.conversations.createGroup({
      clientId: newClientId(),
      name: 'G',
      userIds: [bob.id, cleo.id],
    });
    const [bobs, cleos] = [nodes[0].connect(bob), nodes[1].connect(cleo)];
    await using feed = eventsOf(bobs);
    await using ending = eventsOf(cleos);
    await Promise.all([feed, ending].map((each) => each.until(isReady)));
    await killRedis();
    await ada.api.members.ban({ conversationId: id, userId: bob.id });
    await cleo.api.auth.signOut();
    const late = bobs.trpc.messages.send.mutate({
      conversationId: id,
      clientId: newClientId(),
      text: 'me too',
    });
    await expect(late).rejects.toMatchObject({ data: { confab: { code: 'NOT_FOUND' } } });
    await round();
    await feed.until((event) => event.type === 'conversation.left' && event.conversationId === id);
    expect(await cleos.closed).toBe(4401);
  });

  it('twenty connections of a person are counted by each process alone, and stay when it is back', async () => {
    await killRedis();
    const clients = Array.from({ length: limits.connectionsPerUserMax }, () => nodes[0].connect(ada));
    await Promise.all(clients.map(({ trpc }) => trpc.auth.me.query()));
    const extra = nodes[0].connect(ada);
    extra.trpc.auth.me.query().catch(() => undefined);
    expect(await extra.closed).toBe(4429);
    await redis.start();
    await nodes[0].backend.core.pubsub.ready();
    await Promise.all(clients.map(({ trpc }) => trpc.auth.me.query()));
  });

  it('presence is unknown, and known again when everybody has had the time to come back', async () => {
    const [one, two] = nodes;
    const adas = one.connect(ada);
    await adas.trpc.auth.me.query();
    const bobs = two.connect(bob);
    await using hints = feedOf<HintEvent>((handlers) => bobs.trpc.live.hints.subscribe(undefined, handlers));
    await hints.until(({ type }) => type === 'presence.snapshot');
    await killRedis();
    await hints.until((hint) => hint.type === 'presence.snapshot' && !hint.known);
    await redis.start();
    const snapshot = await hints.until(
      (hint) => hint.type === 'presence.snapshot' && hint.known && hints.events.indexOf(hint) > 0,
    );
    // Its append-only file held the leases.
    expect(snapshot).toMatchObject({ known: true });
  });
});

describe('Redis flushed', () => {
  it('leases are made anew by the next look at them, and presence is shown again', async () => {
    const [one, two] = nodes;
    await using adas = eventsOf(one.connect(ada));
    const bobs = two.connect(bob);
    await using hints = feedOf<HintEvent>((handlers) => bobs.trpc.live.hints.subscribe(undefined, handlers));
    await adas.until(isReady);
    await hints.until(() => true);
    await redis.run('FLUSHALL');
    await hints.until((hint) => hint.type === 'presence.snapshot' && !hint.known);
    await hints.until(
      (hint) =>
        hint.type === 'presence.snapshot' &&
        hint.known &&
        hints.events.indexOf(hint) > 1 &&
        hint.userIds.length === 2,
    );
    expect((await ada.api.presence.snapshot()).userIds).toHaveLength(2);
  });
});

describe('Redis full', () => {
  it('refuses writes, and yet messages are live, people stay online and limits hold', async () => {
    const [one, two] = nodes;
    const conversationId = await direct();
    const adas = one.connect(ada);
    const bobs = two.connect(bob);
    await using feed = eventsOf(bobs);
    await feed.until(isReady);
    expect(await redis.run('CONFIG SET maxmemory-policy noeviction')).toBe('+OK');
    expect(await redis.run('CONFIG SET maxmemory 1')).toBe('+OK');
    expect(await redis.run('SET anything at-all')).toMatch(/^-OOM/);
    const { entry } = await adas.trpc.messages.send.mutate({
      conversationId,
      clientId: newClientId(),
      text: 'still here',
    });
    await feed.until(hasRev(entry.rev));
    const keeper = world.backend.keepPresence();
    onTestFinished(() => keeper.close());
    await keeper.connected({ userId: ada.id, connectionId: 'another' });
    await keeper.tick();
    expect(await ada.api.presence.snapshot()).toMatchObject({
      known: true,
      userIds: expect.arrayContaining([ada.id, bob.id]) as string[],
    });
    const guesses = Array.from({ length: 7 }, async () =>
      (await world.anonymous({ address: '10.3.3.3' })).auth.signIn({ login: 'ada', password: 'a wrong one' }),
    );
    const codes = (await Promise.allSettled(guesses)).map((guess) =>
      guess.status === 'rejected'
        ? String((guess.reason as { cause?: { code?: string } }).cause?.code)
        : 'in',
    );
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(2);
  });
});
