import { limits, newClientId } from '@confab/contract';
import { testOrigin } from '@confab/testkit';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { rawRequest, startEntry } from './entry.ts';
import { restClient } from './rest-client.ts';

const entry = await startEntry();
afterAll(() => entry[Symbol.asyncDispose]());
const call = restClient(entry.origin);
const ada = await entry.world.person('ada');
const credentials = { login: 'ada', password: ada.password };

describe('what is served', () => {
  test.each(['/api', '/api/', '/api/nope', '/api/me/', '/api/ME', '/api/conversations/x/y', '/api/%ff'])(
    'under %s there is nothing, as a problem says',
    async (path) => {
      const answer = await call(`GET ${path}`, { as: ada });
      expect(answer).toMatchObject({ status: 404, body: { status: 404, code: 'NOT_FOUND' } });
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
    },
  );

  test('HEAD is answered as GET, without the body', async () => {
    const [head, get] = [await call('HEAD /api/me', { as: ada }), await call('GET /api/me', { as: ada })];
    expect(head).toMatchObject({ status: 200, body: '' });
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
  });

  test('OPTIONS tells the methods, and lets no other site call', async () => {
    const answer = await call('OPTIONS /api/chatrooms', { headers: { origin: 'https://other.example' } });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('the reference is a page without scripts, under the policy of the pages', async () => {
    const answer = await call('GET /api/docs');
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'nonce-/);
    expect(answer.body).not.toMatch(/<script|https?:\/\//);
    const anchors = new Set([...String(answer.body).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const targets = [...String(answer.body).matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets.filter((id) => !anchors.has(id))).toEqual([]);
    expect(anchors).toContain('RATE_LIMITED');
  });

  test.each(['/api/openapi.json', '/api/docs'])('%s is not sent again to those who have it', async (path) => {
    const { headers } = await call(`GET ${path}`);
    const etag = headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{20,}"$/);
    const ask = (ifNoneMatch: string, method = 'GET') =>
      call(`${method} ${path}`, { headers: { 'if-none-match': ifNoneMatch } });
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await ask(known);
      expect(answer).toMatchObject({ status: 304, body: '' });
      expect(answer.headers.get('etag')).toBe(etag);
    }
    expect((await ask(etag, 'HEAD')).status).toBe(304);
    expect((await ask('"other"')).status).toBe(200);
  });

  test('a connection that was used stays open for the next call', async () => {
    expect((await call('GET /api/nope')).headers.get('connection')).toBe('keep-alive');
  });
});

describe('a token', () => {
  test('is the answer of a login that sets no cookie, and is worth nothing after the logout', async () => {
    const login = await call('POST /api/auth/login', { body: credentials });
    expect(login).toMatchObject({ status: 200, body: { account: { id: ada.id, name: 'ada' } } });
    expect(login.headers.getSetCookie()).toEqual([]);
    const me = { as: login.body as { token: string } };
    expect(await call('GET /api/me', me)).toMatchObject({ status: 200, body: { name: 'ada' } });
    expect((await call('POST /api/auth/logout', me)).status).toBe(204);
    expect((await call('GET /api/me', me)).status).toBe(401);
  });

  test('is not in what signing in by cookie answers', async () => {
    const answer = await call('POST /api/trpc/auth.signIn', {
      body: credentials,
      headers: { origin: testOrigin },
    });
    const values = answer.headers.getSetCookie().map((cookie) => /=([^;]+)/.exec(cookie)?.[1] ?? '');
    expect(values).toHaveLength(2);
    for (const value of values) {
      expect(value).not.toBe('');
      expect(JSON.stringify(answer.body)).not.toContain(value);
    }
  });

  test('in a URL is refused', async () => {
    expect(await call(`GET /api/me?token=${ada.token}`)).toMatchObject({ status: 400 });
    expect(await call(`GET /api/me?access_token=${ada.token}`)).toMatchObject({ status: 400 });
  });
});

describe('a cookie', () => {
  const cookie = { cookie: ada.cookie };
  const room = { name: 'Harbour' };

  test('is as good as a token, for our own pages', async () => {
    expect((await call('GET /api/me', { headers: cookie })).status).toBe(200);
    const own = { ...cookie, origin: testOrigin };
    expect((await call('POST /api/chatrooms', { headers: own, body: room })).status).toBe(201);
  });

  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['a sandbox', { origin: 'null' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a browser that does not say from where', {}],
  ])('changes nothing from %s', async (_, headers) => {
    const answer = await call('POST /api/chatrooms', { headers: { ...cookie, ...headers }, body: room });
    expect(answer).toMatchObject({ status: 403, body: { code: 'CROSS_SITE' } });
  });

  test('changes nothing as a form, which needs no permission to cross sites', async () => {
    const headers = { ...cookie, origin: testOrigin, 'content-type': 'text/plain' };
    expect((await call('POST /api/chatrooms', { headers, body: room })).status).toBe(400);
  });
});

describe('a number', () => {
  const list = 'GET /api/conversations?limit=';

  test('is one in a URL because the schema asks for one', async () => {
    expect((await call(`${list}10`, { as: ada })).status).toBe(200);
    expect(await call(`${list}ten`, { as: ada })).toMatchObject({ status: 400, body: { field: 'limit' } });
  });

  test('as a text in JSON stays a text, and is refused', async () => {
    const { id } = await ada.api.rooms.create({ clientId: newClientId(), name: 'R' });
    const { epoch } = await ada.api.conversations.get({ conversationId: id });
    const mark = (readSeq: unknown) =>
      call(`PUT /api/conversations/${id}/marks`, { as: ada, body: { epoch, readSeq } });
    expect((await mark(1)).status).toBe(200);
    expect(await mark('1')).toMatchObject({ status: 400, body: { code: 'BAD_INPUT', field: 'readSeq' } });
  });

  test('as a text is refused by tRPC after REST has converted one, as before', async () => {
    await call(`${list}10`, { as: ada });
    const input = encodeURIComponent(JSON.stringify({ limit: '10' }));
    expect((await call(`GET /api/trpc/conversations.list?input=${input}`, { as: ada })).status).toBe(400);
  });
});

describe('a failure', () => {
  test('that nobody expected is told by an id that the log knows, and by nothing else', async () => {
    vi.spyOn(entry.world.backend.core.db.users, 'findById').mockRejectedValueOnce(new Error('the secret'));
    const answer = await call('GET /api/me', { as: ada });
    expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL' } });
    expect(answer.body).toHaveProperty('correlationId');
    expect(JSON.stringify(answer.body)).not.toContain('secret');
  });

  test('to know who asks is 503, with when to try again', async () => {
    const { backend } = entry.world;
    vi.spyOn(backend, 'createContext').mockRejectedValueOnce(new Error('the database is away'));
    const answer = await call('GET /api/me', { as: ada });
    expect(answer).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    expect(answer.headers.get('retry-after')).toBe('1');
  });

  test('of somebody who is muted says when they may write again', async () => {
    const bob = await entry.world.person('muted');
    const { id } = await ada.api.rooms.create({ clientId: newClientId(), name: 'R' });
    await bob.api.rooms.join({ conversationId: id });
    await ada.api.members.silence({ conversationId: id, userId: bob.id, minutes: 5 });
    const answer = await call(`POST /api/conversations/${id}/messages`, { as: bob, body: { text: 'x' } });
    expect(answer).toMatchObject({ status: 403, body: { code: 'SILENCED' } });
    const { retryAfterMs } = answer.body as { retryAfterMs: number };
    expect(answer.headers.get('retry-after')).toBe(String(Math.ceil(retryAfterMs / 1_000)));
  });

  test('of a body over the limit is 413, and ends the connection', async () => {
    const body = { name: 'a'.repeat(limits.messageBytesMax) };
    const answer = await call('POST /api/chatrooms', { as: ada, body });
    expect(answer).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } });
    expect(answer.headers.get('connection')).toBe('close');
  });

  test('of a body where none belongs is 400', async () => {
    const head = `GET /api/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ada.token}\r\nConnection: close\r\n`;
    const json = 'Content-Type: application/json\r\nContent-Length: 7\r\n\r\n{"a":1}';
    expect((await rawRequest(entry.server.port, head + json)).text).toMatch(/^HTTP\/1\.1 400 /);
    expect((await rawRequest(entry.server.port, `${head}\r\n`)).text).toMatch(/^HTTP\/1\.1 200 /);
  });
});

test('sign-ins that fail are limited as those by cookie are, with when to try again', async () => {
  const bob = await entry.world.person('bob');
  const login = (password: string) => call('POST /api/auth/login', { body: { login: 'bob', password } });
  for (let attempt = 1; attempt <= 4; attempt++) {
    expect(await login('wrong')).toMatchObject({ status: 401, body: { code: 'SIGN_IN_FAILED' } });
  }
  // A right one gives its point back.
  expect((await login(bob.password)).status).toBe(200);
  const byCookie = { body: { login: 'bob', password: 'wrong' }, headers: { origin: testOrigin } };
  expect((await call('POST /api/trpc/auth.signIn', byCookie)).status).toBe(401);
  const refused = await login(bob.password);
  expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
  const { retryAfterMs } = refused.body as { retryAfterMs: number };
  expect(refused.headers.get('retry-after')).toBe(String(Math.ceil(retryAfterMs / 1_000)));
});
