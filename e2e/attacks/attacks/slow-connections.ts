import { until } from '../../chaos/pause.ts';
import { type Attack, type Check, equal, every } from '../attack.ts';
import type { Door, Stage } from '../stage/stage.ts';
import { times } from '../wire/in-parallel.ts';
import { RawConnection } from '../wire/raw-connection.ts';

/** Far above what the product grants: 8 s for headers, 20 s for a body. */
const endMaxMs = 45_000;
const dripMs = 500;

interface Drip {
  readonly name: string;
  readonly door: Door;
  readonly first: string;
  readonly drop: string;
  /** Closes its own half after the first bytes. */
  readonly halfCloses?: boolean;
  /** Granted longer than the short form lasts. */
  readonly isLong?: boolean;
}

const post = 'POST /api/trpc/auth.signIn HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
const upgrade =
  'GET /ws?connectionParams=1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';

const drips: readonly Drip[] = [
  {
    name: 'headers, a byte at a time',
    door: 'web',
    first: 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ',
    drop: 'x',
  },
  {
    name: 'headers, a line at a time',
    door: 'web',
    first: 'GET / HTTP/1.1\r\nHost: x\r\n',
    drop: 'X-Slow: 1\r\n',
  },
  { name: 'a request line that never ends', door: 'web', first: 'GET /', drop: 'a' },
  { name: 'headers at ws', door: 'ws', first: 'GET /ws HTTP/1.1\r\nHost: x\r\n', drop: 'X-Slow: 1\r\n' },
  {
    name: 'a body, a byte at a time',
    door: 'web',
    first: `${post}Content-Length: 60000\r\n\r\n`,
    drop: ' ',
    isLong: true,
  },
  {
    name: 'chunks of one byte',
    door: 'web',
    first: `${post}Transfer-Encoding: chunked\r\n\r\n`,
    drop: '1\r\n \r\n',
    isLong: true,
  },
  {
    name: 'a body at ws',
    door: 'ws',
    first: 'POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n',
    drop: ' ',
  },
  { name: 'nothing at all', door: 'web', first: '', drop: '' },
  { name: 'nothing at all, at ws', door: 'ws', first: '', drop: '' },
  { name: 'a socket that is silent', door: 'web', first: upgrade, drop: '' },
  { name: 'a socket whose first frame never ends', door: 'web', first: upgrade, drop: '\x81' },
  {
    name: 'half a request, half closed',
    door: 'web',
    first: 'GET / HTTP/1.1\r\nHost: x\r\n',
    drop: '',
    halfCloses: true,
  },
  {
    name: 'half a body, half closed',
    door: 'web',
    first: `${post}Content-Length: 60000\r\n\r\n{`,
    drop: '',
    halfCloses: true,
  },
  { name: 'a silent socket, half closed', door: 'web', first: upgrade, drop: '', halfCloses: true },
];

/** All kinds at once, so many of each; resolves when all are over, or it took too long. */
async function drip(stage: Stage, each: number): Promise<{ name: string; connection: RawConnection }[]> {
  const all = drips
    .filter(({ isLong = false }) => !isLong || stage.size === 'long')
    .flatMap((kind) =>
      times(each).map(() => ({ ...kind, connection: new RawConnection(stage.port(kind.door)) })),
    );
  for (const { connection, first, halfCloses } of all) {
    connection.write(first.replaceAll('Host: x', `Host: x\r\nX-Forwarded-For: ${stage.address()}`));
    if (halfCloses === true) connection.socket.end();
  }
  const timer = setInterval(() => {
    for (const { connection, drop } of all)
      if (drop !== '' && !connection.closed) connection.write(Buffer.from(drop, 'latin1'));
  }, dripMs);
  await until(() => all.every(({ connection }) => connection.closed), { maxMs: endMaxMs, everyMs: 100 });
  clearInterval(timer);
  return all;
}

/** A connection that gets nowhere is ended, and holds up nobody meanwhile. */
export const slowConnections: Attack = {
  name: 'slow-connections',
  sends: 'headers, bodies and frames that come a byte at a time, or not at all, on a hundred connections',
  async run(stage): Promise<Check[]> {
    const dripping = drip(stage, stage.pick(8, 100));
    const other = await stage.http({ path: '/healthz' });
    const all = await dripping;
    for (const { connection } of all) connection.destroy();
    return [
      equal('somebody else is answered meanwhile', other.status, 200),
      every(
        'a connection that gets nowhere is ended',
        all,
        ({ connection }) => connection.closed,
        ({ name }) => name,
      ),
    ];
  },
};
