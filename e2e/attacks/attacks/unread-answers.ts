import { until } from '../../chaos/pause.ts';
import { type Attack, atMost, type Check, equal } from '../attack.ts';
import { readPeak, readProcessState } from '../../processes/process-state.ts';
import { hasProc } from '../../processes/process-state.ts';
import { leftBehind } from '../stage/left-behind.ts';
import { heldConnections } from '../stage/held-connections.ts';
import type { Stage } from '../stage/stage.ts';
import { times } from '../wire/in-parallel.ts';
import { RawConnection } from '../wire/raw-connection.ts';

const mib = 1_048_576;
/** What answers that nobody reads may take; three pages of 3 MB each are being made at any time. */
const growthMaxMib = 200;
/** Far above what the product grants. */
const dropMaxMs = 60_000;
const calmMs = 400;

/** Waits until a process takes no more memory than a moment ago. */
async function calm(stage: Stage, name: 'web' | 'ws'): Promise<void> {
  let last = -1;
  let at = performance.now();
  await until(
    () => {
      if (performance.now() - at < calmMs) return false;
      const rss = readProcessState(stage.product.pidOf(name) ?? 0).rss;
      const still = Math.abs(rss - last) < mib;
      last = rss;
      at = performance.now();
      return still;
    },
    { maxMs: 8_000, everyMs: 100 },
  );
}

function growth(stage: Stage, name: 'web' | 'ws', before: number): Check[] {
  if (!hasProc) return [];
  const peak = readPeak(stage.product.pidOf(name) ?? 0);
  return [
    atMost(
      `MiB that ${name} took for answers which nobody reads`,
      Math.round((peak - before) / mib),
      growthMaxMib,
    ),
  ];
}

const rssOf = (stage: Stage, name: 'web' | 'ws') =>
  hasProc ? readProcessState(stage.product.pidOf(name) ?? 0).rss : 0;

/** Pages asked for on sockets that read nothing: what is made is bounded, and the socket is dropped. */
export const unreadSocket: Attack = {
  name: 'unread-socket',
  sends: '300 calls of 3-MB pages on a socket that reads nothing, and 30 on each of five more',
  async run(stage) {
    const { people, longGroupId } = await stage.town();
    const [ada, bob] = people;
    if (!ada || !bob) return [];
    const before = rssOf(stage, 'ws');
    const sockets = await Promise.all([stage.socket(ada), ...times(5).map(() => stage.socket(bob))]);
    const pairs = sockets.map(({ localPort }) => ({ client: localPort, server: stage.port('ws') }));
    for (const [i, socket] of sockets.entries()) {
      socket.pause();
      for (const id of times(i === 0 ? 300 : 30))
        socket.call(id + 1, 'query', 'messages.page', { conversationId: longGroupId, limit: 100 });
    }
    if (hasProc) await calm(stage, 'ws');
    const checks = growth(stage, 'ws', before);
    if (hasProc) {
      await until(() => heldConnections(pairs) === 0, { maxMs: dropMaxMs, everyMs: 250 });
      checks.push(equal('sockets that are still held', heldConnections(pairs), 0));
    }
    for (const socket of sockets) socket.leave();
    return [...checks, ...(await leftBehind(stage, 'ws', 'store'))];
  },
};

/** Requests pipelined on connections that are not read. */
export const unreadHttp: Attack = {
  name: 'unread-http',
  sends: '400 pipelined requests of 3-MB pages on ten connections that are not read',
  async run(stage) {
    const { people, longGroupId } = await stage.town();
    const before = rssOf(stage, 'web');
    const input = encodeURIComponent(JSON.stringify({ conversationId: longGroupId, limit: 100 }));
    const connections = times(10).map((i) => {
      const connection = new RawConnection(stage.port('web'));
      connection.pause();
      const headers = Object.entries({ host: new URL(stage.origin).host, ...people[i % 4]?.headers });
      const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
      connection.write(`GET /api/trpc/messages.page?input=${input} HTTP/1.1\r\n${lines}\r\n`.repeat(40));
      return connection;
    });
    if (hasProc) await calm(stage, 'web');
    const checks = growth(stage, 'web', before);
    if (hasProc && stage.size === 'long') {
      const pairs = connections.map(({ socket }) => ({
        client: socket.localPort ?? 0,
        server: stage.port('web'),
      }));
      await until(() => heldConnections(pairs) === 0, { maxMs: dropMaxMs, everyMs: 250 });
      checks.push(equal('connections that are still held', heldConnections(pairs), 0));
    }
    for (const connection of connections) connection.destroy();
    return [...checks, ...(await leftBehind(stage, 'web', 'store'))];
  },
};
