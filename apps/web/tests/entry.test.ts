import { limits } from '@confab/contract';
import { testOrigin } from '@confab/testkit';
import { describe, expect, test } from 'vitest';
import { rawRequest, startEntry } from './entry.ts';
import { recordedLog } from './recorded-log.ts';

const input = (value: unknown) => encodeURIComponent(JSON.stringify(value));

interface Refusal {
  readonly error: {
    readonly data: { readonly httpStatus: number; readonly confab: { readonly code: string } };
  };
}

async function post(origin: string, path: string, body: BodyInit, headers: Record<string, string> = {}) {
  const response = await fetch(`${origin}/api/trpc/${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', origin: testOrigin, ...headers },
  });
  return { status: response.status, body: (await response.json()) as Refusal };
}

describe('slow and oversized requests', () => {
  test('headers that never end are answered with 408', async () => {
    await using entry = await startEntry({ timeouts: { headersMs: 200, requestMs: 20_000 } });
    const { text } = await rawRequest(entry.server.port, 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('a body that never ends is answered with 408', async () => {
    await using entry = await startEntry({ timeouts: { headersMs: 100, requestMs: 300 } });
    const head = `POST /api/trpc/auth.signIn HTTP/1.1\r\nHost: x\r\nOrigin: ${testOrigin}\r\nContent-Length: 100\r\n\r\n{`;
    const { text } = await rawRequest(entry.server.port, head);
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('headers of more than 16 KiB are answered with 431', async () => {
    await using entry = await startEntry();
    const { text } = await rawRequest(
      entry.server.port,
      `GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`,
    );
    expect(text).toMatch(/^HTTP\/1\.1 431 [^]*x-content-type-options: nosniff\r\n/);
  });

  test('a body over the limit is answered with 413, announced or not', async () => {
    await using entry = await startEntry();
    const large = JSON.stringify({ login: 'a'.repeat(limits.messageBytesMax), password: 'b' });
    const announced = await post(entry.origin, 'auth.signIn', large);
    expect(announced).toMatchObject({
      status: 413,
      body: { error: { data: { confab: { code: 'TOO_LARGE' } } } },
    });
    const chunk = Buffer.alloc(limits.messageBytesMax + 1, 'a').toString();
    const { text } = await rawRequest(
      entry.server.port,
      `POST /api/trpc/auth.signIn HTTP/1.1\r\nHost: x\r\nOrigin: ${testOrigin}\r\nTransfer-Encoding: chunked\r\n\r\n` +
        `${chunk.length.toString(16)}\r\n${chunk}\r\n`,
      /TOO_LARGE/,
    );
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
  });

  test('a body at the limit is read', async () => {
    await using entry = await startEntry();
    const shell = JSON.stringify({ login: '', password: 'b' });
    const full = JSON.stringify({ login: 'a'.repeat(limits.messageBytesMax - shell.length), password: 'b' });
    const answer = await post(entry.origin, 'auth.signIn', full);
    expect(answer).toMatchObject({ status: 400, body: { error: { data: { confab: { field: 'login' } } } } });
  });
});

describe('what never becomes a call', () => {
  test('a body in very many pieces is answered with 400: each of them costs work', async () => {
    await using entry = await startEntry();
    const head = 'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
    const pieces = '1\r\n \r\n'.repeat(limits.bodyPiecesMax + 1);
    const bytes = `${head}Transfer-Encoding: chunked\r\n\r\n${pieces}0\r\n\r\n`;
    const { text } = await rawRequest(entry.server.port, bytes, /pieces/);
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toContain('too many pieces');
  });

  const oneLine = 'GET /api/me HTTP/1.1\r\nHost: x\r\n';

  test.each([
    ['headers that never end', 408, 'BAD_INPUT', `${oneLine}X-Slow: `],
    ['large headers', 431, 'TOO_LARGE', `${oneLine}X: ${'a'.repeat(20_000)}\r\n\r\n`],
    ['no HTTP', 400, 'BAD_INPUT', 'hello\r\n\r\n'],
    ['a length below zero', 400, 'BAD_INPUT', `${oneLine}Content-Length: -1\r\n\r\n`],
    [
      'two ideas of where it ends',
      400,
      'BAD_INPUT',
      `${oneLine}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
    ],
    [
      'a socket that nobody serves',
      503,
      'UNAVAILABLE',
      `GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    ],
  ])('%s: is refused with %i, and a problem that says so', async (_, status, code, bytes) => {
    await using entry = await startEntry({ timeouts: { headersMs: 200, requestMs: 20_000 } });
    const { text } = await rawRequest(entry.server.port, bytes);
    const [head = '', body = ''] = text.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${String(status)} [^]*application/problem\\+json`));
    expect(JSON.parse(body)).toMatchObject({ status, code });
  });

  test('garbage after a page that is being sent ends the connection, and adds nothing to the page', async () => {
    await using entry = await startEntry({
      pages: {
        handle: async (_request, response) => void response.write('half a page'),
        upgrade: async () => undefined,
      },
    });
    const { text, socket } = await rawRequest(
      entry.server.port,
      'GET /chats HTTP/1.1\r\nHost: x\r\n\r\n',
      /half/,
    );
    const more: string[] = [];
    socket.on('data', (chunk: string) => more.push(chunk));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write('garbage\r\n\r\n');
    await closed;
    expect({ text, more }).toEqual({ text: expect.stringContaining('half a page') as string, more: [] });
  });
});

describe('a target', () => {
  test('may be a whole URL', async () => {
    await using entry = await startEntry();
    const ask = async (target: string) =>
      (await rawRequest(entry.server.port, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`))
        .text;
    expect(await ask('http://x/api/me')).toMatch(/^HTTP\/1\.1 401 [^]*UNAUTHENTICATED/);
    expect(await ask('http://x/api/trpc/auth.me')).toMatch(/^HTTP\/1\.1 401 [^]*UNAUTHENTICATED/);
    expect(await ask('http://x/healthz')).toMatch(/^HTTP\/1\.1 200 [^]*"ok":true/);
    expect(await ask('http://x')).toMatch(/^HTTP\/1\.1 200 [^]*a page/);
  });

  test('is read though more is expected of us than we know', async () => {
    await using entry = await startEntry();
    const expecting = 'GET /api/me HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\nConnection: close\r\n\r\n';
    expect((await rawRequest(entry.server.port, expecting)).text).toMatch(
      /^HTTP\/1\.1 401 [^]*UNAUTHENTICATED/,
    );
  });
});

describe('malformed calls', () => {
  test('are answered with 400, and never reach a procedure', async () => {
    await using entry = await startEntry();
    const cases: [string, BodyInit][] = [
      ['not JSON', '{'],
      ['not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
      ['nested 10,000 deep', '['.repeat(10_000) + ']'.repeat(10_000)],
      ['an operator for a string', JSON.stringify({ login: { $ne: null }, password: { $regex: '.*' } })],
    ];
    for (const [name, body] of cases) {
      const { status, body: answer } = await post(entry.origin, 'auth.signIn', body);
      expect({ name, status, code: answer.error.data.confab.code }).toEqual({
        name,
        status: 400,
        code: 'BAD_INPUT',
      });
    }
  });

  test('a batch of eleven is answered with 400, one of ten is not', async () => {
    await using entry = await startEntry();
    const batch = (size: number) => {
      const path = Array.from({ length: size }, () => 'auth.nameAvailable').join();
      const inputs = Object.fromEntries(
        Array.from({ length: size }, (_, index) => [index, { name: `ada${String(index)}` }]),
      );
      return fetch(`${entry.origin}/api/trpc/${path}?batch=1&input=${input(inputs)}`);
    };
    expect((await batch(11)).status).toBe(400);
    expect((await batch(10)).status).toBe(200);
  });

  test('a mutation by GET is answered with 405', async () => {
    await using entry = await startEntry();
    const response = await fetch(`${entry.origin}/api/trpc/auth.signOut`);
    expect(response.status).toBe(405);
  });

  test('a page takes nothing but GET and HEAD', async () => {
    await using entry = await startEntry();
    expect((await fetch(`${entry.origin}/chats`, { method: 'POST', body: 'x' })).status).toBe(405);
    expect((await fetch(`${entry.origin}/chats`)).status).toBe(200);
  });
});

describe('who is calling', () => {
  test('another site may not change anything', async () => {
    await using entry = await startEntry();
    const body = JSON.stringify({ login: 'ada', password: 'wrong' });
    const foreign = await post(entry.origin, 'auth.signIn', body, {
      origin: 'https://evil.example',
      'content-type': 'text/plain',
    });
    expect(foreign).toMatchObject({
      status: 403,
      body: { error: { data: { confab: { code: 'CROSS_SITE' } } } },
    });
    expect((await post(entry.origin, 'auth.signIn', body)).status).toBe(401);
  });

  test('a forged address is ignored, and believed of a trusted proxy only', async () => {
    const forged = {
      'x-forwarded-for': '203.0.113.9',
      'x-real-ip': '203.0.113.9',
      forwarded: 'for=203.0.113.9',
    };
    const call = (origin: string) => fetch(`${origin}/api/trpc/auth.me`, { headers: forged });
    await using open = await startEntry();
    await call(open.origin);
    expect(open.clientAddresses).toEqual(['127.0.0.1']);
    await using behind = await startEntry({ trustedProxies: ['127.0.0.1'] });
    await call(behind.origin);
    expect(behind.clientAddresses).toEqual(['203.0.113.9']);
  });

  test('a proxy that is not named is told of once: everybody behind it shares one limit', async () => {
    const call = (origin: string, headers = {}) => fetch(`${origin}/api/trpc/auth.me`, { headers });
    const through = { 'x-forwarded-for': '203.0.113.9' };
    const record = recordedLog();
    await using open = await startEntry({ log: record.log });
    await call(open.origin);
    expect(record.named('proxy.untrusted')).toEqual([]);
    await call(open.origin, through);
    await call(open.origin, through);
    expect(record.named('proxy.untrusted')).toMatchObject([
      { address: '127.0.0.1', advice: expect.stringContaining('TRUSTED_PROXIES') as string },
    ]);
    const named = recordedLog();
    await using behind = await startEntry({ log: named.log, trustedProxies: ['127.0.0.1'] });
    await call(behind.origin, through);
    expect(named.named('proxy.untrusted')).toEqual([]);
  });

  test('pages never see forged headers', async () => {
    await using entry = await startEntry();
    const forged = {
      'x-forwarded-host': 'evil.example',
      'x-real-ip': '203.0.113.9',
      'x-nonce': 'mine',
      'x-confab-path': '/evil',
    };
    await fetch(`${entry.origin}/chats?a=1`, { headers: forged });
    const [headers] = entry.pageHeaders;
    expect(headers).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-confab-path': '/chats' });
    expect(headers).not.toHaveProperty('x-forwarded-host');
    expect(headers).not.toHaveProperty('x-real-ip');
    expect(headers?.['x-nonce']).not.toBe('mine');
  });

  test('registering sets a session cookie that the next call is known by', async () => {
    await using entry = await startEntry();
    const registered = await fetch(`${entry.origin}/api/trpc/auth.register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: testOrigin },
      body: JSON.stringify({ name: 'ada', email: 'ada@example.org', password: 'correct horse battery' }),
    });
    const cookie = registered.headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/^confab-session-[0-9a-f]{8}-3000=.+HttpOnly/i);
    const me = await fetch(`${entry.origin}/api/trpc/auth.me`, {
      headers: { cookie: cookie.split(';')[0] ?? '' },
    });
    expect(await me.json()).toMatchObject({ result: { data: { name: 'ada' } } });
  });
});

test('passwords that would wait too long are refused at once, with a time to come back', async () => {
  let asked = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const verify = async () => {
    asked += 1;
    await opened;
    return false;
  };
  await using entry = await startEntry(
    { trustedProxies: ['127.0.0.1'] },
    { argon2: { hash: () => Promise.resolve('hash'), verify } },
  );
  /** Each at an account and from an address of its own. */
  const signIn = (path: string, i: number) =>
    fetch(`${entry.origin}/api/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: testOrigin,
        'x-forwarded-for': `10.1.0.${String(i)}`,
      },
      body: JSON.stringify({ login: `stranger-${String(i)}`, password: 'a wrong password' }),
    });
  const all = Array.from({ length: limits.hashQueueMax + 10 }, (_, i) => signIn('trpc/auth.signIn', i));
  // While nothing is checked, only what is refused has an answer.
  const refused = [await Promise.race(all), await signIn('auth/login', 250)];
  for (const answer of refused) {
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  // Two at once; one, where there are two cores.
  const atOnce = asked;
  expect([1, 2]).toContain(atOnce);
  open();
  const statuses = (await Promise.all(all)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(limits.hashQueueMax + atOnce);
});

test('every page carries a policy with a nonce of its own, told to Next', async () => {
  await using entry = await startEntry();
  const policies = await Promise.all(
    [1, 2].map(async () => (await fetch(`${entry.origin}/chats`)).headers.get('content-security-policy')),
  );
  expect(policies[0]).toMatch(/script-src 'nonce-[^']{20,}' 'strict-dynamic';/);
  expect(policies[0]).not.toBe(policies[1]);
  expect(policies).toContain(entry.pageHeaders[0]?.['content-security-policy']);
});
