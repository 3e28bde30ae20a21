import { once } from 'node:events';
import { connect } from 'node:net';
import { type HintEvent, limits, newClientId } from '@confab/contract';
import { createWorld, type Person, testOrigin, type World } from '@confab/testkit';
import { TRPCClientError } from '@trpc/client';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { connectClient, type SocketClient, upgradeStatus } from './client.ts';
import { browserHeaders, startNode } from './node.ts';
import { eventsOf, feedOf } from './subscription.ts';

let world: World;
let ada: Person;
let bob: Person;

beforeEach(async () => {
  world = await createWorld();
  onTestFinished(() => world[Symbol.asyncDispose]());
  [ada, bob] = [await world.person('ada'), await world.person('bob')];
});

describe('two ws processes', () => {
  it('serve two people of one conversation', async () => {
    const [one, two] = [await startNode(world), await startNode(world)];
    const { id } = await ada.api.conversations.openDirect({ userId: bob.id });
    const [adasSocket, bobsSocket] = [one.connect(ada), two.connect(bob)];
    await using adasFeed = eventsOf(adasSocket);
    await using bobsFeed = eventsOf(bobsSocket);
    await Promise.all([adasFeed, bobsFeed].map((feed) => feed.until(({ type }) => type === 'live.ready')));

    const sent = await adasSocket.trpc.messages.send.mutate({
      conversationId: id,
      clientId: newClientId(),
      text: 'hi',
    });
    const answer = await bobsSocket.trpc.messages.send.mutate({
      conversationId: id,
      clientId: newClientId(),
      text: 'ho',
    });
    for (const feed of [adasFeed, bobsFeed]) {
      for (const { entry } of [sent, answer]) {
        const event = await feed.until(
          (e) => e.type === 'entries.appended' && e.entries[0]?.rev === entry.rev,
        );
        expect(event).toMatchObject({ conversationId: id, entries: [entry] });
      }
    }
  });

  it('show who is online, and at once when somebody leaves', async () => {
    const [one, two] = [await startNode(world), await startNode(world)];
    const bobsSocket = two.connect(bob);
    await using hints = feedOf<HintEvent>((handlers) =>
      bobsSocket.trpc.live.hints.subscribe(undefined, handlers),
    );
    await hints.until(({ type }) => type === 'presence.snapshot');
    const adasSocket = one.connect(ada);
    await adasSocket.trpc.auth.me.query();
    await hints.until((hint) => hint.type === 'presence.changed' && hint.userId === ada.id && hint.online);
    adasSocket[Symbol.dispose]();
    await hints.until((hint) => hint.type === 'presence.changed' && hint.userId === ada.id && !hint.online);
  });

  it('close the sockets of a session that was ended elsewhere', async () => {
    const node = await startNode(world);
    const socket = node.connect(ada);
    await using feed = eventsOf(socket);
    await feed.until(({ type }) => type === 'live.ready');
    await ada.api.auth.signOut();
    expect(await socket.closed).toBe(4401);
    expect(await upgradeStatus(node.url, browserHeaders(ada))).toBe(401);
  });
});

describe('an upgrade', () => {
  it('needs the cookie of a session together with our Origin', async () => {
    const { url } = await startNode(world);
    const { cookie } = browserHeaders(ada) as { cookie: string };
    expect(await upgradeStatus(url, { origin: testOrigin, cookie })).toBe(101);
    expect(await upgradeStatus(url, { origin: testOrigin })).toBe(401);
    expect(await upgradeStatus(url, { origin: testOrigin, cookie: 'confab-session-x-80=forged' })).toBe(401);
    expect(await upgradeStatus(url, {})).toBe(401);
  });

  it.each([
    ['foreign', 'https://evil.example'],
    ['look-alike', 'http://localhost:3000.evil.example'],
    ['of another port', 'http://localhost:3999'],
    ['null', 'null'],
    ['absent', undefined],
  ])('with a cookie is refused when the Origin is %s', async (_, origin) => {
    const { url } = await startNode(world);
    const { cookie } = browserHeaders(ada) as { cookie: string };
    expect(await upgradeStatus(url, { cookie, ...(origin !== undefined && { origin }) })).toBe(403);
  });

  it('that means a token, and has none, is not that of the cookie beside it', async () => {
    const { url } = await startNode(world);
    expect(await upgradeStatus(url, { ...browserHeaders(ada), authorization: 'Bearer ' })).toBe(401);
    expect(await upgradeStatus(url, { ...browserHeaders(ada), authorization: 'Basic YTpi' })).toBe(101);
  });

  it('to another path is not found', async () => {
    const { url } = await startNode(world);
    expect(await upgradeStatus(url.replace('/ws', '/other'), browserHeaders(ada))).toBe(404);
  });

  it('that is refused costs nothing more, though the client keeps its half of the connection open', async () => {
    const { server } = await startNode(world);
    const request =
      'GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    // Resets are what this is about.
    socket.on('error', () => undefined).resume();
    socket.write(request);
    await once(socket, 'end');
    // A connection that is gone answers with a reset; one that waits for us takes all of it.
    while (!socket.destroyed)
      await new Promise((resolve) => socket.write('still here', () => setImmediate(resolve)));
  });

  it('with the promise of a token works with that token', async () => {
    const { url } = await startNode(world);
    using client = connectClient({ url, token: ada.token });
    expect((await client.trpc.auth.me.query()).name).toBe('ada');
  });

  it('with the promise of a token is closed when the token is wrong, and when none comes', async () => {
    const { url } = await startNode(world, { authenticationTimeoutMs: 20 });
    using wrong = connectClient({ url, token: 'wrong' });
    wrong.trpc.auth.me.query().catch(() => undefined);
    expect(await wrong.closed).toBeGreaterThanOrEqual(1000);

    const silent = new WebSocket(`${url}?connectionParams=1`);
    expect(await new Promise((resolve) => silent.once('close', resolve))).toBe(4408);
  });
});

describe('a socket', () => {
  it('refuses a frame over 64 KiB and closes', async () => {
    const { url } = await startNode(world);
    const socket = new WebSocket(url, { headers: browserHeaders(ada) });
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send('x'.repeat(limits.messageBytesMax + 1));
    expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(1009);
  });

  it.each([
    ['', 1008],
    [' \n', 1008],
  ])('refuses a frame of eleven calls, makes none of them, and closes', async (before, code) => {
    const { url } = await startNode(world);
    const socket = new WebSocket(url, { headers: browserHeaders(ada) });
    await new Promise((resolve) => socket.once('open', resolve));
    const callOf = (id: number) => ({
      id,
      method: 'mutation',
      params: { path: 'rooms.create', input: { clientId: newClientId(), name: `eleven ${String(id)}` } },
    });
    const heard: string[] = [];
    socket.on('message', (frame: Buffer) => heard.push(frame.toString('utf8')));
    const calls = Array.from({ length: limits.batchCallsMax + 1 }, (_, id) => callOf(id));
    socket.send(before + JSON.stringify(calls));
    expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(code);
    expect(heard).toEqual([]);
    expect((await ada.api.rooms.list({ prefix: 'eleven' })).rooms).toEqual([]);
  });

  it('holds at most ten subscriptions', async () => {
    const socket = (await startNode(world)).connect(ada);
    const feeds = Array.from({ length: limits.subscriptionsPerSocketMax }, () => eventsOf(socket));
    await Promise.all(feeds.map((feed) => feed.until(({ type }) => type === 'live.ready')));
    await using eleventh = eventsOf(socket);
    const error: unknown = await eleventh.until(() => true).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TRPCClientError);
    // In the words of tRPC, too: it is no failure of the server.
    const data = { code: 'TOO_MANY_REQUESTS', httpStatus: 429, confab: { code: 'RATE_LIMITED' } };
    expect(error).toMatchObject({ data, shape: { code: -32_029 } });
    await Promise.all(feeds.map((feed) => feed[Symbol.asyncDispose]()));
  });

  it('beyond the twentieth of a user is closed', async () => {
    const node = await startNode(world);
    const clients = Array.from({ length: limits.connectionsPerUserMax }, () => node.connect(ada));
    await Promise.all(clients.map(({ trpc }) => trpc.auth.me.query()));
    const extra = node.connect(ada);
    extra.trpc.auth.me.query().catch(() => undefined);
    expect(await extra.closed).toBe(4429);
  });

  it('answers a refusal with its code and nothing of the server inside', async () => {
    const socket = (await startNode(world)).connect(ada);
    const request = { conversationId: 'f'.repeat(24), clientId: newClientId(), text: 'hi' };
    const error: unknown = await socket.trpc.messages.send.mutate(request).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      data: { code: 'NOT_FOUND', httpStatus: 404, confab: { code: 'NOT_FOUND' } },
    });
    expect(JSON.stringify((error as TRPCClientError<never>).shape)).not.toMatch(/stack|\.ts|node_modules/);
  });
});

describe('what is possible over HTTP alone', () => {
  const newcomer = { name: 'grace', email: 'grace@example.org', password: 'correct horse battery' };
  const stored = async () => {
    const { connection } = world.backend.core.db;
    return JSON.stringify([
      await connection.collection('users').find().sort({ _id: 1 }).toArray(),
      await connection.collection('sessions').find().sort({ _id: 1 }).toArray(),
    ]);
  };

  it.each([
    ['registering', ({ trpc }: SocketClient) => trpc.auth.register.mutate(newcomer)],
    [
      'signing in',
      ({ trpc }: SocketClient) => trpc.auth.signIn.mutate({ login: 'bob', password: bob.password }),
    ],
    ['signing out', ({ trpc }: SocketClient) => trpc.auth.signOut.mutate()],
  ])('%s is refused on a socket, and nothing is done', async (_, ask) => {
    const socket = (await startNode(world)).connect(ada);
    await socket.trpc.auth.me.query();
    const before = await stored();
    await expect(ask(socket)).rejects.toMatchObject({
      data: { confab: { code: 'BAD_INPUT' } },
      message: 'This is possible over HTTP only.',
    });
    expect(await stored()).toBe(before);
    expect((await socket.trpc.auth.me.query()).name).toBe('ada');
    expect(await ada.api.auth.me()).toMatchObject({ name: 'ada' });
  });
});

describe('stopping', () => {
  it('closes every socket as restarting, ends the leases, and loses no acknowledged message', async () => {
    const node = await startNode(world);
    const { id } = await ada.api.conversations.openDirect({ userId: bob.id });
    const socket = node.connect(ada);
    await using feed = eventsOf(socket);
    await feed.until(({ type }) => type === 'live.ready');
    const sends = Array.from({ length: limits.batchCallsMax }, (_, i) =>
      socket.trpc.messages.send.mutate({ conversationId: id, clientId: newClientId(), text: String(i) }),
    );
    await sends[0];
    await node.server.close(200);
    expect(await socket.closed).toBe(1012);
    const acknowledged = (await Promise.allSettled(sends)).filter(
      ({ status }) => status === 'fulfilled',
    ).length;
    const { entries } = await ada.api.messages.pull({ conversationId: id, after: 0 });
    expect(acknowledged).toBeGreaterThan(0);
    expect(entries.length).toBeGreaterThanOrEqual(acknowledged);
    expect((await bob.api.presence.snapshot()).userIds).not.toContain(ada.id);
  });
});
