import { once } from 'node:events';
import { connect } from 'node:net';
import { limits } from '@confab/contract';
import { createLog } from '@confab/log';
import { createWorld, type Faults, type Person, type World } from '@confab/testkit';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { connectClient, upgradeStatus } from './client.ts';
import { browserHeaders, startNode, type WsNode } from './node.ts';

let world: World;
let ada: Person;
beforeAll(async () => {
  world = await createWorld();
  ada = await world.person('ada');
});
afterAll(() => world[Symbol.asyncDispose]());

const upgradeHead =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n';

/** The first line of the answer to these bytes. */
async function answerTo({ server }: WsNode, bytes: string): Promise<string> {
  const socket = connect({ port: server.port, host: '127.0.0.1' });
  socket.on('error', () => undefined);
  onTestFinished(() => {
    socket.destroy();
  });
  socket.write(bytes, 'latin1');
  const [first] = (await once(socket, 'data')) as [Buffer];
  return first.toString('latin1').split('\r\n', 1)[0] ?? '';
}

async function logged(): Promise<{ node: WsNode; lines: Record<string, unknown>[] }> {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  const node = await startNode(world, {
    log: createLog({ service: 'ws', level: 'info', destination: { write } }),
  });
  return { node, lines };
}

describe('an upgrade that is no URL, or names no host', () => {
  const promised = '/ws?connectionParams=1';
  it.each([
    ['//', 'x', '404'],
    ['/ws/', 'x', '404'],
    ['http://[/ws', 'x', '404'],
    ['/%ff', 'x', '404'],
    ['*', 'x', '404'],
    [promised, '[', '101'],
    [promised, 'a b', '101'],
    [promised, ':::', '101'],
    [`${promised}&x=%`, 'x', '101'],
    ['/ws?x=%&connectionParams=%31', 'x', '101'],
    ['/ws?connectionParams=0', '[', '401'],
    ['/ws', '[', '401'],
  ])('%s at %j is answered, and the process goes on', async (target, host, status) => {
    const node = await startNode(world);
    const line = await answerTo(node, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n${upgradeHead}\r\n`);
    expect(line).toContain(status);
    expect(await upgradeStatus(node.url, browserHeaders(ada))).toBe(101);
  });

  it.each([
    ['no key', upgradeHead.replace(/Sec-WebSocket-Key.*\r\n/, ''), '400'],
    ['a key that is none', upgradeHead.replace('dGhlIHNhbXBsZSBub25jZQ==', 'x'), '400'],
    ['a version that is none', upgradeHead.replace('13', '99'), '400'],
    ['another protocol', upgradeHead.replace('websocket', 'h2c'), '400'],
    ['an extension that is broken', `${upgradeHead}Sec-WebSocket-Extensions: ;;;=\r\n`, '101'],
    ['a protocol that is broken', `${upgradeHead}Sec-WebSocket-Protocol: ,,\r\n`, '400'],
  ])('%s is answered', async (_, head, status) => {
    const node = await startNode(world);
    const line = await answerTo(node, `GET ${promised} HTTP/1.1\r\nHost: x\r\n${head}\r\n`);
    expect(line).toContain(status);
    expect(await upgradeStatus(node.url, browserHeaders(ada))).toBe(101);
  });
});

it.each([
  ['origin', 403, { origin: 'https://evil.example', cookie: 'a=b' }, ''],
  ['noOrigin', 403, { cookie: 'confab_session=x' }, ''],
  ['noSession', 401, {}, ''],
  ['path', 404, {}, '/elsewhere'],
])('a refusal is told in the log, by its reason: %s', async (reason, status, headers, path) => {
  const { node, lines } = await logged();
  expect(await upgradeStatus(`${node.url}${path}`, headers)).toBe(status);
  expect(lines).toContainEqual(
    expect.objectContaining({ event: 'socket.refused', reason, status, address: '127.0.0.1' }),
  );
});

describe('sockets that have not said whose they are', () => {
  const max = limits.unauthenticatedSocketsPerAddressMax;

  /** The status of the answer; a socket that was opened stays. */
  async function open(node: WsNode, address: string): Promise<{ status: number; socket: WebSocket }> {
    const headers = { 'x-forwarded-for': address };
    const socket = new WebSocket(`${node.url}?connectionParams=1`, { headers });
    onTestFinished(() => {
      socket.terminate();
    });
    socket.on('error', () => undefined);
    const status = await new Promise<number>((resolve) => {
      socket.once('open', () => {
        resolve(101);
      });
      socket.once('unexpected-response', (_, { statusCode = 0 }) => {
        resolve(statusCode);
      });
    });
    return { status, socket };
  }
  const statusOf = async (node: WsNode, address: string) => (await open(node, address)).status;

  it('are bounded in number by address, of which an IPv6 network is one; one that ends makes room', async () => {
    const node = await startNode(world, { authenticationTimeoutMs: 60_000 });
    const opened = await Promise.all(
      Array.from({ length: max }, (_, i) => open(node, `2001:db8:0:7::${(i + 1).toString(16)}`)),
    );
    expect(opened.map(({ status }) => status)).toEqual(opened.map(() => 101));
    expect(await statusOf(node, '2001:DB8:0:7:ffff::1')).toBe(429);
    expect(await statusOf(node, '2001:0db8::0007:1:2:3:4')).toBe(429);
    expect(await statusOf(node, '2001:db8:0:8::1')).toBe(101);
    expect(await statusOf(node, '192.0.2.1')).toBe(101);
    opened[0]?.socket.terminate();
    await expect.poll(() => statusOf(node, '2001:db8:0:7::1')).toBe(101);
  });

  it('count no more once they have said it', async () => {
    const node = await startNode(world, { authenticationTimeoutMs: 60_000 });
    for (let i = 0; i < 2; i++) {
      using client = connectClient({
        url: node.url,
        token: ada.token,
        headers: { 'x-forwarded-for': '192.0.2.1' },
      });
      await client.trpc.auth.me.query();
    }
    const signedIn = connectClient({
      url: node.url,
      token: ada.token,
      headers: { 'x-forwarded-for': '192.0.2.1' },
    });
    onTestFinished(() => {
      signedIn[Symbol.dispose]();
    });
    await signedIn.trpc.auth.me.query();
    const statuses = await Promise.all(Array.from({ length: max }, () => statusOf(node, '192.0.2.1')));
    expect(statuses).toEqual(statuses.map(() => 101));
    expect(await statusOf(node, '192.0.2.1')).toBe(429);
  });

  it('say when to come back', async () => {
    const node = await startNode(world, { authenticationTimeoutMs: 60_000 });
    await Promise.all(Array.from({ length: max }, () => open(node, '192.0.2.1')));
    const socket = new WebSocket(`${node.url}?connectionParams=1`, {
      headers: { 'x-forwarded-for': '192.0.2.1' },
    });
    socket.on('error', () => undefined);
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { headers: object }];
    expect(response.headers).toMatchObject({ 'retry-after': '5' });
  });
});

/** A process that Redis tells nothing of the leases of others. */
const countsAlone: Faults = {
  faultyPubsub: (pubsub) => ({
    ...pubsub,
    presence: { ...pubsub.presence, acquire: (lease) => pubsub.presence.acquire(lease, Infinity) },
  }),
};

describe('the connections of a person', () => {
  it('would be twenty in each process if nobody counted the others', async () => {
    const nodes = [
      await startNode(world, { backend: await world.process(countsAlone) }),
      await startNode(world, { backend: await world.process(countsAlone) }),
    ] as const;
    const cleo = await world.person('cleo');
    const clients = Array.from({ length: 2 * limits.connectionsPerUserMax }, (_, i) =>
      nodes[i % 2 ? 1 : 0].connect(cleo),
    );
    const names = await Promise.all(clients.map(({ trpc }) => trpc.auth.me.query()));
    expect(names.map(({ name }) => name)).toEqual(clients.map(() => 'cleo'));
    await clients[0]?.trpc.auth.me.query();
  });

  it('are twenty over all processes: one more is closed wherever it comes, and one that ends makes room', async () => {
    const nodes = [await startNode(world), await startNode(world)] as const;
    const bob = await world.person('bob');
    const clients = Array.from({ length: limits.connectionsPerUserMax }, (_, i) =>
      nodes[i % 2 ? 1 : 0].connect(bob),
    );
    for (const { trpc } of clients) await trpc.auth.me.query();
    for (const node of nodes) {
      const extra = node.connect(bob);
      extra.trpc.auth.me.query().catch(() => undefined);
      expect(await extra.closed).toBe(4429);
    }
    await Promise.all(clients.map(({ trpc }) => trpc.auth.me.query()));
    clients[0]?.[Symbol.dispose]();
    await clients[0]?.closed;
    await expect
      .poll(async () => {
        const next = nodes[1].connect(bob);
        const answer = next.trpc.auth.me.query().then(() => next.trpc.auth.me.query());
        return Promise.race([answer.then(({ name }) => name), next.closed]).catch(() => next.closed);
      })
      .toBe('bob');
  });
});
