import { METHODS } from 'node:http';
import { mulberry32 } from '@confab/testkit';
import { headerNames } from './header-names.ts';

/** Of one connection: what is sent, and what has to be known to read the answers. */
export interface FuzzedHead {
  readonly bytes: string;
  readonly isHead: boolean;
}

const targets = [
  ...[
    '/ws',
    '/ws',
    '/ws?connectionParams=1',
    '/ws#a',
    '//ws',
    'http://x/ws',
    '/healthz',
    '/chats',
    '/chats/%ff',
    '*',
  ],
  ...[
    '/api/me',
    '/api/trpc/auth.me',
    '/api/trpc/auth.me,auth.me?batch=1',
    '/api/trpc/%',
    '/api/trpc/',
    '/api/trpc/%2c',
  ],
  ...[
    '/api',
    '/api/%2e%2e/x',
    '/api/conversations/%',
    '/api/docs',
    '/_next/static/x',
    '//',
    '/\\',
    'http://[/',
    '/%00',
  ],
  ...[
    '',
    '?',
    '#',
    '/\xe9',
    '/\x7f',
    'x:1',
    `/${'a'.repeat(3_000)}`,
    '/chats?a=%ff',
    '/api/me?a=1&a=2&__proto__=x',
  ],
];
const values = [
  ...[
    'x',
    '',
    '0',
    '1',
    '-1',
    '99999999999999999999',
    'chunked',
    'gzip, chunked',
    'close',
    'keep-alive, Upgrade',
  ],
  ...[
    'websocket',
    'h2c',
    '100-continue',
    'trailers',
    'Trailer',
    '\0',
    '\x01',
    '\xff\xfe',
    'a'.repeat(5_000),
    'a'.repeat(20_000),
    '"',
    ';',
    ',',
  ],
  ...[
    'bytes=0-',
    'W/"x"',
    '*',
    '[',
    'http://x',
    '127.0.0.1',
    '{}',
    '%ff',
    'a=b; a=b',
    'Bearer x',
    'Basic Og==',
    'null',
  ],
  ...[
    'application/json',
    'multipart/form-data; boundary=x',
    'text/plain',
    'https://evil.example',
    ' \t ',
    'a\r\n b',
  ],
];
const brokenNames = ['', ' ', 'a b', 'a\0', '\xff', 'a:b', '(', 'x'.repeat(2_000)];
const bodies = [
  '',
  '',
  '',
  'x',
  '{}',
  '0\r\n\r\n',
  '5\r\nhello\r\n0\r\nTrailer: x\r\n\r\n',
  'zz\r\n',
  '\0'.repeat(100),
];
const methods = [
  'GET',
  'GET',
  'GET',
  'GET',
  'POST',
  'HEAD',
  'OPTIONS',
  ...METHODS,
  '',
  'get',
  'G\0T',
  'GET GET',
];
const versions = [
  ...Array.from({ length: 12 }, () => 'HTTP/1.1'),
  'HTTP/1.0',
  'HTTP/2.0',
  'HTTP/9',
  'http/1.1',
  '',
];
const upgrading =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n';

/** Heads of requests, good and broken, the same ones for one seed. */
export function* fuzzedHeads(seed: number, count: number): Generator<FuzzedHead> {
  const random = mulberry32(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const chance = (share: number) => random() < share;
  for (let i = 0; i < count; i += 1) {
    const method = pick(methods);
    const fields = Array.from({ length: 1 + Math.floor(random() * 6) }, () => {
      const name = chance(0.9) ? pick(headerNames) : pick(brokenNames);
      return `${name}${chance(0.97) ? ':' : ''} ${pick(values)}${chance(0.97) ? '\r' : ''}\n`;
    });
    const head =
      `${method} ${pick(targets)} ${pick(versions)}\r\n${chance(0.9) ? 'Host: x\r\n' : ''}` +
      `${chance(0.5) ? upgrading : ''}${fields.join('')}\r\n`;
    const one = head + pick(bodies);
    yield { bytes: chance(0.2) ? one + one : one, isHead: method === 'HEAD' };
  }
}
