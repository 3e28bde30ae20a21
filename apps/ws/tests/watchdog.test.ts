import { type LiveEvent, newClientId } from '@confab/contract';
import { createWorld, type Person, type World } from '@confab/testkit';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { drivenRounds, losesAnnouncements, noGrace } from './faults.ts';
import { startNode, type WsNode } from './node.ts';
import { eventsOf } from './subscription.ts';

let world: World;
let ada: Person;
let bob: Person;
/** On a process that Redis tells nothing of what the other one, which serves `ada.api`, does. */
let node: WsNode;

beforeEach(async () => {
  world = await createWorld(losesAnnouncements);
  onTestFinished(() => world[Symbol.asyncDispose]());
  [ada, bob] = [await world.person('ada'), await world.person('bob')];
  node = await startNode(world, { backend: await world.process(noGrace), ...drivenRounds });
});

const send = (conversationId: string, text: string, person = ada) =>
  person.api.messages.send({ conversationId, clientId: newClientId(), text });
const isAdvanced = ({ type }: LiveEvent) => type === 'conversation.advanced';
const round = () => node.backend.core.live.watchdog.round();

/** An event that comes after everything that was sent before it. */
async function fence(feed: ReturnType<typeof eventsOf>, person: Person): Promise<void> {
  const api = await person.via(node.backend);
  const { id } = await api.rooms.create({ clientId: newClientId(), name: 'fence' });
  await feed.until((event) => event.type === 'conversation.joined' && event.conversationId === id);
}

describe('an announcement that is lost and followed by silence', () => {
  it('is made up for by the next round, once the log is ahead of what passed here', async () => {
    const { id } = await ada.api.conversations.openDirect({ userId: bob.id });
    const client = node.connect(bob);
    await using feed = eventsOf(client);
    await feed.until(({ type }) => type === 'live.ready');
    const { entry, epoch } = await send(id, 'is anybody there?');
    await round();
    expect(await feed.until(isAdvanced)).toEqual({
      type: 'conversation.advanced',
      epoch,
      conversationId: id,
      headRev: entry.rev,
    });
    const { entries } = await client.trpc.messages.pull.query({ conversationId: id, after: 0 });
    expect(entries).toEqual([entry]);
  });

  it('is never heard of without a round', async () => {
    const { id } = await ada.api.conversations.openDirect({ userId: bob.id });
    await using feed = eventsOf(node.connect(bob));
    await feed.until(({ type }) => type === 'live.ready');
    await send(id, 'is anybody there?');
    await fence(feed, bob);
    expect(feed.events.map(({ type }) => type)).toEqual(['live.ready', 'conversation.joined']);
  });

  it('is told of in three rounds at most, and not at all where it passed', async () => {
    const { id } = await ada.api.conversations.openDirect({ userId: bob.id });
    await using feed = eventsOf(node.connect(bob));
    await feed.until(({ type }) => type === 'live.ready');
    await send(id, 'lost');
    for (let i = 0; i < 5; i++) await round();
    const there = await bob.via(node.backend);
    await there.messages.send({ conversationId: id, clientId: newClientId(), text: 'announced' });
    await feed.until(({ type }) => type === 'entries.appended');
    for (let i = 0; i < 5; i++) await round();
    await fence(feed, bob);
    expect(feed.events.filter(isAdvanced)).toHaveLength(3);
  });

  it('of what somebody outside may not see is not told to them', async () => {
    const cleo = await world.person('cleo');
    const { id } = await ada.api.conversations.openDirect({ userId: bob.id });
    await using feed = eventsOf(node.connect(cleo));
    await using bobs = eventsOf(node.connect(bob));
    await Promise.all([feed, bobs].map((each) => each.until(({ type }) => type === 'live.ready')));
    await send(id, 'between us');
    await round();
    await bobs.until(isAdvanced);
    await fence(feed, cleo);
    expect(feed.events.filter(isAdvanced)).toEqual([]);
  });
});

describe('a membership that changed unheard', () => {
  it('is found by the next round: events begin, and end', async () => {
    const cleo = await world.person('cleo');
    const { id } = await ada.api.conversations.createGroup({
      clientId: newClientId(),
      name: 'G',
      userIds: [bob.id],
    });
    await using feed = eventsOf(node.connect(cleo));
    await feed.until(({ type }) => type === 'live.ready');
    await ada.api.members.add({ conversationId: id, userId: cleo.id });
    await round();
    await feed.until((event) => event.type === 'conversation.joined' && event.conversationId === id);
    const there = await ada.via(node.backend);
    await there.messages.send({ conversationId: id, clientId: newClientId(), text: 'welcome' });
    await feed.until(({ type }) => type === 'entries.appended');

    await ada.api.members.remove({ conversationId: id, userId: cleo.id });
    await round();
    await feed.until((event) => event.type === 'conversation.left' && event.conversationId === id);
    await there.messages.send({ conversationId: id, clientId: newClientId(), text: 'she is gone' });
    await fence(feed, cleo);
    expect(JSON.stringify(feed.events)).not.toContain('she is gone');
  });
});

describe('a session that ended unheard', () => {
  it('would go on without a round', async () => {
    const [first, second] = [node.connect(ada), node.connect(ada)];
    await using feed = eventsOf(first);
    await feed.until(({ type }) => type === 'live.ready');
    await ada.api.auth.signOut();
    const { id } = await second.trpc.rooms.create.mutate({ clientId: newClientId(), name: 'R' });
    await feed.until((event) => event.type === 'conversation.joined' && event.conversationId === id);
  });

  it('is found by the next round, and its socket closed', async () => {
    const client = node.connect(ada);
    await using feed = eventsOf(client);
    await feed.until(({ type }) => type === 'live.ready');
    await ada.api.auth.signOut();
    await round();
    expect(await client.closed).toBe(4401);
  });

  it('by its time alone is found too', async () => {
    const client = node.connect(ada);
    await using feed = eventsOf(client);
    await feed.until(({ type }) => type === 'live.ready');
    await world.backend.core.db.sessions.model.updateMany({}, { $set: { expiresAt: new Date(0) } });
    await round();
    expect(await client.closed).toBe(4401);
  });
});

describe('a process that was frozen', () => {
  /** bob was put out meanwhile, and neither that nor what the watchdog would say reached the process. */
  async function wakeAfterKick(frozenMs: number) {
    let skipped = 0;
    const clock = { ...noGrace.timing, monotonicMs: () => performance.now() + skipped };
    const frozen = await startNode(world, {
      backend: await world.process({ timing: clock }),
      ...drivenRounds,
    });
    const { id } = await ada.api.conversations.createGroup({
      clientId: newClientId(),
      name: 'G',
      userIds: [bob.id],
    });
    await using bobs = eventsOf(frozen.connect(bob));
    await using adas = eventsOf(frozen.connect(ada));
    await Promise.all([bobs, adas].map((feed) => feed.until(({ type }) => type === 'live.ready')));
    await ada.api.members.remove({ conversationId: id, userId: bob.id });
    skipped = frozenMs;
    const there = await ada.via(node.backend);
    await there.messages.send({ conversationId: id, clientId: newClientId(), text: 'he is gone' });
    await adas.until(({ type }) => type === 'entries.appended');
    await fence(bobs, bob);
    return bobs.events.map(({ type }) => type);
  }

  it('checks access again before it sends anything', async () => {
    const types = await wakeAfterKick(60_000);
    expect(types).toContain('conversation.left');
    expect(types).not.toContain('entries.appended');
  });

  it('would send what is not to be seen any more if it did not notice', async () => {
    const types = await wakeAfterKick(0);
    expect(types).not.toContain('conversation.left');
    expect(types).toContain('entries.appended');
  });
});
