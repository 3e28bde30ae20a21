import type { Random } from '../../chaos/random.ts';

/** Header names that Node, ws, a proxy or Next give a meaning to, and some that nobody does. */
const names = (
  'Trailer Transfer-Encoding Content-Length Expect Connection Keep-Alive Proxy-Connection TE Upgrade Host Date Via Age ' +
  'Sec-WebSocket-Key Sec-WebSocket-Version Sec-WebSocket-Extensions Sec-WebSocket-Protocol Sec-WebSocket-Accept Origin ' +
  'Cookie Set-Cookie Authorization Proxy-Authorization Accept Accept-Encoding Accept-Language Range If-Range If-Match ' +
  'If-None-Match If-Modified-Since Cache-Control Pragma Content-Type Content-Encoding Content-Range Content-MD5 Forwarded ' +
  'X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto X-Forwarded-Port X-Real-IP X-Client-IP X-Nonce X-Confab-Path ' +
  'X-HTTP-Method-Override HTTP2-Settings Alt-Used Max-Forwards From Referer User-Agent Sec-Fetch-Site Sec-Fetch-Mode ' +
  'Content-Security-Policy RSC Next-Action Next-Router-State-Tree Next-Url X-Middleware-Subrequest X-Middleware-Prefetch ' +
  'X-Nextjs-Data X-Invoke-Path X-Matched-Path Purpose DNT __proto__ constructor hasOwnProperty toString 0 X'
).split(' ');

const values = [
  'x',
  '',
  ' ',
  ',',
  ';',
  '"',
  '"\\',
  '\t',
  '0',
  '-1',
  '1',
  '5',
  '18446744073709551616',
  '0x10',
  'NaN',
  'close',
  'upgrade',
  'keep-alive',
  'keep-alive, Upgrade',
  'close, upgrade',
  'websocket',
  'websocket, h2c',
  'h2c',
  'chunked',
  'gzip, chunked',
  'identity',
  'trailers',
  '100-continue',
  'permessage-deflate; client_max_window_bits=1',
  'permessage-deflate; a="',
  '*',
  '/',
  '//',
  '%00',
  '%',
  'é',
  '\xff\xfe',
  'a\x0bb',
  'a\x00b',
  'a\rb',
  'a\r\n b',
  'bytes=0-,-1',
  'a=b; a=b',
  'confab_session=',
  'Bearer ',
  'Bearer x',
  'Basic Og==',
  '127.0.0.1',
  '::1',
  ',,,,',
  'localhost:0',
  '[::',
  'Thu, 99 Foo 0000',
  '{"a":',
  '[[[[',
  'a'.repeat(4_000),
  ','.repeat(4_000),
  'a, '.repeat(1_500),
];

const methods = [
  'GET',
  'GET',
  'GET',
  'GET',
  'GET',
  'GET',
  'POST',
  'HEAD',
  'CONNECT',
  'OPTIONS',
  'TRACE',
  'PURGE',
  'get',
  'G T',
  '',
];
const targets = [
  '/ws',
  '/ws',
  '/ws',
  '/ws',
  '/ws?connectionParams=1',
  '/ws?%',
  '/ws/',
  '//ws',
  '/ws?a#b',
  '/WS',
  '/%77s',
  '*',
  'ws',
  '',
  'http://x/ws',
  'http://[::/ws',
  'http://x:99999/ws',
  'ws://x/ws',
  '/ws?' + 'a'.repeat(4_000),
  '/chats/%ff',
  '/../ws',
  '/ws\x80',
  '//',
  '///',
  '/\\',
  '/ws;a',
  'http:///ws',
  'https://@/ws',
  '/healthz',
  '/api/trpc/auth.me',
  '/sign-in',
  '/_next/x',
];
const versions = [
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.0',
  'HTTP/0.9',
  'HTTP/2.0',
  'HTTP/1.2',
  'http/1.1',
  '',
];

/** One upgrade, as it ought to be. */
const upgrade = (host: string) => [
  `Host: ${host}`,
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];

/** Every name with some values, each beside a whole upgrade, then heads in which anything may be wrong. */
export function* heads(host: string, random: Random, count: number): Generator<string> {
  for (const [i, name] of names.entries())
    for (const value of ['x', values[i % values.length] ?? '', random.pick(values)])
      yield head('GET /ws HTTP/1.1', [...upgrade(host), `${name}: ${value}`]);
  for (let i = 0; i < count; i += 1) yield anyHead(host, random);
}

function anyHead(host: string, random: Random): string {
  const start = `${random.pick(methods)} ${random.pick(targets)} ${random.pick(versions)}`;
  const line = () =>
    `${random.pick(names)}${random.chance(0.95) ? ':' : random.pick([' :', '', '\x00:', '(:'])} ${random.pick(values)}`;
  const more = Array.from({ length: random.whole(1, 5) }, line);
  const base = random.chance(0.1) ? random.sample(upgrade(host), 3) : upgrade(host);
  const text = head(start, random.chance(0.3) ? random.shuffled([...base, ...more]) : [...base, ...more]);
  if (random.chance(0.05)) return text.replaceAll('\r\n', '\n');
  if (random.chance(0.1))
    return `${text}${random.pick(['GET / HTTP/1.1\r\n\r\n', '\x81\x85', '0\r\nTrailer: x\r\n\r\n', 'x'.repeat(2_000)])}`;
  return random.chance(0.05) ? text.slice(0, random.whole(1, text.length)) : text;
}

function head(start: string, lines: readonly string[]): string {
  return `${start}\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`;
}
