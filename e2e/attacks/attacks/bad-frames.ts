import { randomBytes } from 'node:crypto';
import { until } from '../../chaos/pause.ts';
import { type Attack, atMost, type Check, equal, every } from '../attack.ts';
import type { Stage } from '../stage/stage.ts';
import { AttackSocket, callFrame } from '../wire/attack-socket.ts';
import { inParallel, times } from '../wire/in-parallel.ts';
import { RawConnection } from '../wire/raw-connection.ts';
import type { User } from '../../chaos/clients/user.ts';

const subscriptionsMax = 10;
const closedMaxMs = 8_000;

/** Upgrades that must not become sockets, with the status of the refusal. */
async function refusedUpgrades(stage: Stage, ada: User): Promise<Check> {
  const { cookie = '' } = ada.headers;
  const own = stage.origin;
  const cases: readonly (readonly [string, number, string, Record<string, string>])[] = [
    ['a foreign Origin', 403, '', { cookie, origin: 'https://evil.example' }],
    ['a look-alike Origin', 403, '', { cookie, origin: `${own}.evil.example` }],
    ['an Origin of another port', 403, '', { cookie, origin: 'http://localhost:1' }],
    ['an opaque Origin', 403, '', { cookie, origin: 'null' }],
    ['a cookie without an Origin', 403, '', { cookie }],
    ['no cookie and no promise', 401, '', { origin: own }],
    ['a forged cookie', 401, '', { origin: own, cookie: cookie.replace(/=[^;]+/g, `=${'a'.repeat(40)}`) }],
    ['a foreign Origin with a promise', 403, '?connectionParams=1', { origin: 'https://evil.example' }],
  ];
  const seen = await inParallel(['web', 'ws'] as const, 2, (door) =>
    inParallel(cases, 4, async ([name, status, query, headers]) => {
      const socket = new AttackSocket(`${stage.url(door)}${query}`, {
        headers: { 'x-forwarded-for': stage.address(), ...headers },
      });
      await socket.opened();
      socket.leave();
      return { name: `${door}: ${name}`, status, refused: socket.refusedStatus };
    }),
  );
  return every(
    'an upgrade that is not ours is refused',
    seen.flat(),
    ({ status, refused }) => status === refused,
    ({ name, status, refused }) => `${name}: ${refused}, wanted ${status}`,
  );
}

/** Bytes that are no frame of RFC 6455, with the close codes that it wants. */
const broken: readonly (readonly [string, Buffer, readonly number[]])[] = [
  ['an unmasked frame', Buffer.from([0x81, 0x01, 0x78]), [1002]],
  ['reserved bits', Buffer.from([0xf1, 0x80, 0, 0, 0, 0]), [1002]],
  ['an unknown opcode', Buffer.from([0x83, 0x80, 0, 0, 0, 0]), [1002]],
  ['a long control frame', Buffer.from([0x89, 0xfe, 0x00, 0x7e, 0, 0, 0, 0]), [1002]],
  ['a continuation of nothing', Buffer.from([0x80, 0x80, 0, 0, 0, 0]), [1002]],
  ['invalid UTF-8', Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe]), [1007]],
  ['a length of 2^63', Buffer.from([0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), [1009, 1002]],
  ['a close of one byte', Buffer.from([0x88, 0x81, 0, 0, 0, 0, 0x03]), [1002]],
];

async function brokenFrames(stage: Stage, ada: User): Promise<Check[]> {
  const ends = await inParallel(broken, 4, async ([name, bytes, wanted]) => {
    const socket = await stage.socket(ada, 'ws');
    // Past the library, which would make a frame of it.
    (socket.socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket.write(bytes);
    await socket.closed(closedMaxMs);
    return { name, wanted, code: socket.closeCode };
  });
  const large = await stage.socket(ada, 'ws');
  large.send('x'.repeat(65_537));
  await large.closed(closedMaxMs);
  const many = await stage.socket(ada, 'ws');
  many.send(times(11).map((i) => callFrame(i + 1, 'query', 'auth.me')));
  await many.closed(closedMaxMs);
  return [
    every(
      'a frame that breaks the protocol closes its socket',
      ends,
      ({ code, wanted }) => code !== null && wanted.includes(code),
      ({ name, code, wanted }) => `${name}: ${code ?? 'open'}, wanted ${wanted.join(' or ')}`,
    ),
    equal('65,537 bytes', large.closeCode, 1009),
    equal('eleven calls in a frame close the socket, or are refused', many.isClosed || many.data === 0, true),
  ];
}

async function firstWords(stage: Stage): Promise<Check> {
  const words: readonly (string | Buffer)[] = [
    'garbage',
    '{}',
    '[]',
    'null',
    '{"method":"connectionParams","data":null}',
    '{"method":"connectionParams","data":{"token":{"$ne":""}}}',
    '{"method":"connectionParams","data":{"token":"x"}}',
    randomBytes(200),
  ];
  const ends = await inParallel(words, 8, async (word) => {
    const socket = new AttackSocket(`${stage.url('ws')}?connectionParams=1`, {
      headers: { 'x-forwarded-for': stage.address() },
    });
    await socket.opened();
    socket.send(word);
    await socket.closed(closedMaxMs);
    socket.leave();
    return { word: String(word).slice(0, 60), code: socket.closeCode };
  });
  return every(
    'a first word that is no token closes the socket with a code',
    ends,
    ({ code }) =>
      code !== null &&
      (code >= 4_000 || code === 1_002 || code === 1_003 || code === 1_007 || code === 1_008),
    ({ word, code }) => `${word}: ${code ?? 'open'}`,
  );
}

async function subscriptions(stage: Stage, ada: User): Promise<Check[]> {
  const socket = await stage.socket(ada, 'ws', { keep: true });
  for (const id of times(14)) socket.call(id + 1, 'subscription', 'live.events');
  await until(() => socket.isClosed || new Set(socket.frames.map(({ id }) => id)).size >= 14, {
    maxMs: 10_000,
  });
  const flowing = new Set(socket.frames.flatMap(({ id, result }) => (result?.type === 'data' ? [id] : [])));
  socket.leave();
  const twice = await stage.socket(ada, 'ws', { keep: true });
  twice.call(7, 'subscription', 'live.events');
  await until(() => twice.data > 0 || twice.isClosed, { maxMs: 10_000 });
  twice.call(7, 'subscription', 'live.events');
  await until(() => twice.isClosed || twice.frames.some(({ error }) => error !== undefined), {
    maxMs: 10_000,
  });
  const refused = twice.isClosed || twice.frames.some(({ error }) => error !== undefined);
  twice.leave();
  return [
    atMost('subscriptions of one socket', flowing.size, subscriptionsMax),
    equal('an id that is taken is refused', refused, true),
  ];
}

/** An upgrade, then HTTP again: the tunnel must not carry requests past the checks. */
async function smuggled(stage: Stage, ada: User): Promise<Check> {
  const headers = Object.entries(ada.headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  const upgrade = (origin: string) =>
    `GET /ws HTTP/1.1\r\nHost: ${new URL(stage.origin).host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${headers.replace(/origin: [^\r]+/, `origin: ${origin}`)}\r\n`;
  const connection = new RawConnection(stage.port('web'));
  connection.write(
    `${upgrade('https://evil.example')}GET /healthz HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n`,
  );
  await until(() => connection.closed, { maxMs: closedMaxMs });
  const { answers } = connection;
  connection.destroy();
  return equal('answers to a request behind a refused upgrade', answers, 1);
}

/** What is no socket of ours, or no frame, ends with the code that says so. */
export const badFrames: Attack = {
  name: 'bad-frames',
  sends: 'foreign upgrades, broken and oversized frames, garbage for a first word, subscriptions too many',
  async run(stage) {
    const ada = await stage.join('framer');
    return [
      await refusedUpgrades(stage, ada),
      ...(await brokenFrames(stage, ada)),
      await firstWords(stage),
      ...(await subscriptions(stage, ada)),
      await smuggled(stage, ada),
    ];
  },
};
