import { type LiveEvent, newClientId, type TypingEvent } from '@confab/contract';
import { createWorld, type Person, refusal, type World } from '@confab/testkit';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { upgradeStatus } from './client.ts';
import { drivenRounds } from './faults.ts';
import { browserHeaders, startNode, type WsNode } from './node.ts';
import { eventsOf, feedOf } from './subscription.ts';

let world: World;
let ada: Person;
let bob: Person;
let nodes: [WsNode, WsNode];

beforeEach(async () => {
  world = await createWorld();
  onTestFinished(() => world[Symbol.asyncDispose]());
  [ada, bob] = [await world.person('ada'), await world.person('bob')];
  nodes = [await startNode(world, drivenRounds), await startNode(world, drivenRounds)];
});

const isReady = ({ type }: LiveEvent) => type === 'live.ready';

/** The person signs in once more, as on another device. */
async function anotherSession(person: Person): Promise<Person> {
  const browser = world.browser();
  await (await browser.api()).auth.signIn({ login: person.name, password: person.password });
  const token = browser.cookies.get(world.backend.cookieNames({}).session) ?? '';
  return { ...person, token, cookie: browser.header() };
}

interface RawSocket {
  /** The code that it was closed with. */
  readonly closed: Promise<number>;
  readonly frames: string[];
}

/** A socket that keeps every frame it is sent, subscribed to its durable events. */
async function rawSocket(node: WsNode, person: Person): Promise<RawSocket> {
  const socket = new WebSocket(node.url, { headers: browserHeaders(person) });
  const frames: string[] = [];
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise((resolve) => socket.once('open', resolve));
  const ready = new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      const frame = data.toString('utf8');
      frames.push(frame);
      if (frame.includes('live.ready')) resolve();
    });
  });
  socket.send(JSON.stringify({ id: 1, method: 'subscription', params: { path: 'live.events' } }));
  await ready;
  onTestFinished(() => {
    socket.terminate();
  });
  return { closed, frames };
}

/** Sends until told to stop. Resolves to how to stop, which resolves to the text of the last one. */
function stream(person: Person, conversationId: string): () => Promise<string> {
  let text = '';
  let count = 0;
  let sending = Promise.resolve();
  const timer = setInterval(() => {
    count += 1;
    text = `number ${String(count)}.`;
    const request = { conversationId, clientId: newClientId(), text };
    sending = sending.then(async () => {
      await person.api.messages.send(request);
    });
  }, 40);
  return async () => {
    clearInterval(timer);
    await sending;
    return text;
  };
}

async function group(...members: Person[]): Promise<string> {
  const userIds = members.map((member) => member.id);
  const made = await ada.api.conversations.createGroup({ clientId: newClientId(), name: 'G', userIds });
  return made.id;
}

describe('54 sockets on two processes, mid-stream', () => {
  const ways: [string, (person: Person) => Promise<unknown>][] = [
    [
      'a change of the password',
      ({ api, password }) => api.auth.changePassword({ current: password, next: 'another good one' }),
    ],
    ['ending all other sessions', ({ api }) => api.auth.endOtherSessions()],
  ];
  it.each(ways)(
    '%s closes those of the other sessions within 2 s, and nothing comes after the code',
    async (_, revoke) => {
      const people = [bob, await world.person('cleo'), await world.person('dan')];
      const conversationId = await group(...people);
      const doomed: RawSocket[] = [];
      for (const person of people) {
        const other = await anotherSession(person);
        for (let i = 0; i < 9; i++) {
          doomed.push(...(await Promise.all(nodes.map((node) => rawSocket(node, other)))));
        }
      }
      const stays = await rawSocket(nodes[0], bob);
      const stop = stream(ada, conversationId);
      await expect.poll(() => stays.frames.join('')).toContain('number 3.');
      const startedAt = performance.now();
      await Promise.all(people.map(revoke));
      expect(await Promise.all(doomed.map(({ closed }) => closed))).toEqual(doomed.map(() => 4401));
      expect(performance.now() - startedAt).toBeLessThan(2_000);
      const framesAtClose = doomed.map(({ frames }) => frames.length);
      const last = await stop();
      await expect.poll(() => stays.frames.join('')).toContain(last);
      expect(doomed.map(({ frames }) => frames.length)).toEqual(framesAtClose);
      expect(doomed.filter(({ frames }) => !frames.join('').includes('number 3.'))).toEqual([]);
    },
  );
});

describe('a session', () => {
  it('is listed by a name that opens nothing, and is ended by it: HTTP at once, its socket with the code', async () => {
    const phone = await anotherSession(ada);
    const socket = await rawSocket(nodes[1], phone);
    const sessions = await ada.api.auth.sessions();
    expect(sessions.map(({ current }) => current).sort()).toEqual([false, true]);
    const stored = await world.backend.core.db.sessions.listByUser(ada.id);
    for (const { id } of sessions) {
      expect(id).toMatch(/^[0-9a-f]{32}$/);
      expect(stored.some((session) => session.id.includes(id))).toBe(false);
    }
    const other = sessions.find(({ current }) => !current);
    await ada.api.auth.endSession({ sessionId: other?.id ?? '' });
    expect(await upgradeStatus(nodes[0].url, browserHeaders(phone))).toBe(401);
    expect(await socket.closed).toBe(4401);
    expect((await ada.api.auth.sessions()).map(({ id }) => id)).not.toContain(other?.id);
  });

  it('that its browser signs in over is ended, and its sockets are closed with the code', async () => {
    const browser = world.browser();
    await (await browser.api()).auth.signIn({ login: 'ada', password: ada.password });
    const socket = await rawSocket(nodes[1], { ...ada, cookie: browser.header() });
    await (await browser.api()).auth.signIn({ login: 'bob', password: bob.password });
    expect(await socket.closed).toBe(4401);
    expect(await ada.api.auth.sessions()).toHaveLength(1);
  });

  it("of somebody else is not found, and neither is the hash of one's own", async () => {
    const [bobs] = await bob.api.auth.sessions();
    const ended = ada.api.auth.endSession({ sessionId: bobs?.id ?? '' });
    expect((await refusal(ended)).code).toBe('NOT_FOUND');
    const [own] = await world.backend.core.db.sessions.listByUser(ada.id);
    const byHash = ada.api.auth.endSession({ sessionId: own?.id.slice(0, 32) ?? '' });
    expect((await refusal(byHash)).code).toBe('NOT_FOUND');
    expect(await bob.api.auth.sessions()).toHaveLength(1);
  });
});

describe('removal and ban', () => {
  it.each(['remove', 'ban'] as const)(
    'by %s: no event passes any more, and a send is refused',
    async (how) => {
      const conversationId = await group(bob);
      const client = nodes[1].connect(bob);
      await using feed = eventsOf(client);
      await feed.until(isReady);
      const stop = stream(ada, conversationId);
      await feed.until(({ type }) => type === 'entries.appended');
      const startedAt = performance.now();
      await ada.api.members[how]({ conversationId, userId: bob.id });
      await feed.until(
        (event) => event.type === 'conversation.left' && event.conversationId === conversationId,
      );
      expect(performance.now() - startedAt).toBeLessThan(2_000);
      const events = feed.events.length;
      const request = { conversationId, clientId: newClientId(), text: 'me too' };
      const late = client.trpc.messages.send.mutate(request);
      await expect(late).rejects.toMatchObject({ data: { confab: { code: 'NOT_FOUND' } } });
      await stop();
      // Whatever Redis was to bring has been brought when this has.
      const { id } = await bob.api.rooms.create({ clientId: newClientId(), name: 'fence' });
      await feed.until((event) => event.type === 'conversation.joined' && event.conversationId === id);
      expect(feed.events.slice(events).map(({ type }) => type)).toEqual(['conversation.joined']);
    },
  );
});

describe('typing', () => {
  const typingOf = (node: WsNode, person: Person, conversationId: string) =>
    feedOf<TypingEvent>((handlers) =>
      node.connect(person).trpc.live.typing.subscribe({ conversationId }, handlers),
    );

  it('reaches the others on other processes, at most once in a while, and never oneself', async () => {
    const cleo = await world.person('cleo');
    const conversationId = await group(bob, cleo);
    await using bobs = typingOf(nodes[1], bob, conversationId);
    await using adas = typingOf(nodes[0], ada, conversationId);
    const [adaHere, cleoHere] = [nodes[0].connect(ada), nodes[0].connect(cleo)];
    await expect
      .poll(
        async () => {
          // Until both listen: what is noted before is lost, as it may be.
          await cleoHere.trpc.live.noteTyping.mutate({ conversationId });
          return [bobs.events.length > 0, adas.events.length > 0];
        },
        { timeout: 10_000 },
      )
      .toEqual([true, true]);
    for (let i = 0; i < 5; i++) await adaHere.trpc.live.noteTyping.mutate({ conversationId });
    await bobs.until(({ userId }) => userId === ada.id);
    expect(bobs.events.filter(({ userId }) => userId === ada.id)).toEqual([
      { type: 'typing.noted', conversationId, userId: ada.id },
    ]);
    expect(adas.events.some(({ userId }) => userId === ada.id)).toBe(false);
  });

  it('ends with access, and is neither told nor heard outside', async () => {
    const conversationId = await group(bob);
    const outside = await world.person('mallory');
    const client = nodes[0].connect(outside);
    const refused = { data: { confab: { code: 'NOT_FOUND' } } };
    await expect(client.trpc.live.noteTyping.mutate({ conversationId })).rejects.toMatchObject(refused);
    await using foreign = typingOf(nodes[0], outside, conversationId);
    await expect(foreign.until(() => true)).rejects.toMatchObject(refused);

    await using bobs = typingOf(nodes[1], bob, conversationId);
    await expect
      .poll(
        async () => {
          await ada.api.live.noteTyping({ conversationId });
          return bobs.events.length;
        },
        { timeout: 10_000 },
      )
      .toBeGreaterThan(0);
    const ended = bobs.until(() => false);
    await ada.api.members.remove({ conversationId, userId: bob.id });
    await expect(ended).rejects.toThrow('the feed ended');
  });
});
