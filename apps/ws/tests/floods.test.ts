import { limits, newClientId } from '@confab/contract';
import { createWorld, type Person, type World } from '@confab/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { guardLimits } from '../src/open-guard.ts';
import { browserHeaders, startNode, type WsNode } from './node.ts';
import { probeRouter } from './probe-router.ts';
import { call, noLimits, openRaw, type RawSocket } from './raw-socket.ts';

let world: World;
let ada: Person;
beforeAll(async () => {
  world = await createWorld();
  ada = await world.person('ada');
});
afterAll(() => world[Symbol.asyncDispose]());

async function probeNode(given = guardLimits): Promise<WsNode> {
  const { router } = probeRouter();
  return startNode(world, { backend: { ...world.backend, router: router as never }, guardLimits: given });
}

const { socketBudget, personSocketBudget } = limits;
const garbage = `{${'x'.repeat(60_000)}`;
const nothingInIt = JSON.stringify({ x: 'x'.repeat(60_000) });
type Flood = readonly [name: string, frames: number, send: (socket: WebSocket, index: number) => void];
/** How many of each are too many. (A frame that calls nothing counts tenfold.) */
const floods: readonly Flood[] = [
  ['the word PING', socketBudget.frames.burst, (socket) => socket.send('PING')],
  ['the word PONG', socketBudget.frames.burst, (socket) => socket.send('PONG')],
  ['pongs that nobody asked for', socketBudget.frames.burst, (socket) => socket.pong('x')],
  ['empty frames', socketBudget.frames.burst / 10, (socket) => socket.send('')],
  ['garbage of 60 KB', socketBudget.frames.burst / 10, (socket) => socket.send(garbage)],
  ['JSON of 60 KB that calls nothing', socketBudget.frames.burst / 10, (socket) => socket.send(nothingInIt)],
  [
    'calls of 60 KB',
    socketBudget.bytes.burst / 60_000,
    (socket, index) => socket.send(JSON.stringify(call(index, 'none', 'x'.repeat(60_000)))),
  ],
  [
    'subscriptions that begin and stop',
    socketBudget.subscriptions.burst,
    (socket, index) => {
      socket.send(JSON.stringify(call(index, 'feed', undefined, 'subscription')));
      socket.send(JSON.stringify({ id: index, method: 'subscription.stop' }));
    },
  ],
];

/** Sends on until the socket is closed, or so much was sent. */
function pour({ socket }: RawSocket, frames: number, send: Flood[2]): void {
  for (let index = 1; index <= frames && socket.readyState === socket.OPEN; index++) send(socket, index);
}

function retryAfterOf({ reason }: { reason: string }): number {
  return (JSON.parse(reason) as { retryAfterMs: number }).retryAfterMs;
}

describe('a flood', () => {
  it.each(floods)('of %s is closed, with when to come back', async (_, frames, send) => {
    const node = await probeNode();
    const raw = await openRaw(node.url, browserHeaders(ada));
    pour(raw, frames * 2, send);
    const closed = await raw.closed;
    expect(closed.code).toBe(4429);
    expect(retryAfterOf(closed)).toBeGreaterThan(0);
    expect(retryAfterOf(closed)).toBeLessThan(30_000);
  });

  it.each(floods)('of %s would be taken without a limit, to its end', async (_, frames, send) => {
    const node = await probeNode(noLimits);
    const raw = await openRaw(node.url, browserHeaders(ada));
    pour(raw, frames * 2, send);
    raw.send(call(1_000_000, 'large', 3));
    await expect.poll(() => raw.frames.some((frame) => frame.includes('"xxx"'))).toBe(true);
  });

  it('of pings, whose answers are not awaited, is cut off', async () => {
    const raw = await openRaw((await probeNode()).url, browserHeaders(ada));
    pour(raw, socketBudget.frames.burst * 2, (socket) => socket.ping());
    expect([1006, 4429]).toContain((await raw.closed).code);
  });

  it('of pings, one after the other, is closed', async () => {
    const raw = await openRaw((await probeNode()).url, browserHeaders(ada));
    raw.socket.on('pong', () => raw.socket.ping());
    raw.socket.ping();
    expect((await raw.closed).code).toBe(4429);
  });

  it('of parts of one frame is closed', async () => {
    const raw = await openRaw((await probeNode()).url, browserHeaders(ada));
    pour(raw, 1_000, (socket) => socket.send('', { fin: false }));
    expect((await raw.closed).code).toBe(1008);
  });
});

describe('a person', () => {
  it('has one budget for all of their sockets on a process, and a new socket is no new budget', async () => {
    // That of a socket is no limit here.
    const node = await probeNode({ ...noLimits, personBudget: personSocketBudget });
    const [first, second] = [
      await openRaw(node.url, browserHeaders(ada)),
      await openRaw(node.url, browserHeaders(ada)),
    ];
    const half = Math.floor(personSocketBudget.frames.burst / 2);
    pour(first, half, (socket) => socket.send('PING'));
    await expect.poll(() => first.frames.length).toBe(half);
    pour(second, personSocketBudget.frames.burst, (socket) => socket.send('PING'));
    const closed = await second.closed;
    expect(closed.code).toBe(4429);
    const again = await openRaw(node.url, browserHeaders(ada));
    const refused = await again.closed;
    expect(refused.code).toBe(4429);
    expect(retryAfterOf(refused)).toBeLessThanOrEqual(retryAfterOf(closed));
    const bob = await world.person(`bob${newClientId().slice(0, 6)}`);
    const others = await openRaw(node.url, browserHeaders(bob));
    others.socket.send('PING');
    await expect.poll(() => others.frames).toEqual(['PONG']);
  });
});
