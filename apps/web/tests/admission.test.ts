import { ConfabError } from '@confab/contract';
import { testOrigin } from '@confab/testkit';
import { describe, expect, test } from 'vitest';
import { rawRequest, startEntry } from './entry.ts';

const full = () => {
  throw new ConfabError('RATE_LIMITED', { retryAfterMs: 4_200 });
};

describe('somebody who is not admitted', () => {
  test.each([
    [
      'a call',
      '/api/trpc/auth.me',
      { error: { data: { httpStatus: 429, confab: { code: 'RATE_LIMITED' } } } },
    ],
    ['the REST API', '/api/me', { status: 429, code: 'RATE_LIMITED', retryAfterMs: 4_200 }],
    ['health', '/healthz', { status: 429, code: 'RATE_LIMITED' }],
  ])('is told so by %s, and when to come back', async (_, path, body) => {
    await using entry = await startEntry({ admit: full });
    const response = await fetch(entry.origin + path);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await response.json()).toMatchObject(body);
    expect(entry.clientAddresses).toEqual([]);
  });

  test('reads it on a page of our own, which nobody rendered', async () => {
    await using entry = await startEntry({ admit: full });
    const response = await fetch(`${entry.origin}/sign-in`);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(await response.text()).toContain('Too many attempts. Please wait a little.');
    expect(entry.pageHeaders).toEqual([]);
  });

  test('is not listened to: the body stays unread', async () => {
    await using entry = await startEntry({ admit: full });
    const response = await fetch(`${entry.origin}/api/trpc/auth.signIn`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: testOrigin },
      body: '{'.repeat(60_000),
    });
    expect(response.status).toBe(429);
  });

  test('has the files of the build all the same', async () => {
    await using entry = await startEntry({ admit: full });
    expect((await fetch(`${entry.origin}/_next/static/a.js`)).status).toBe(200);
  });
});

describe.each(['../../chats', '%2e%2E/.%2e/chats', '..\\..\\chats', 'x/../../%2e./chats'])(
  'a page that is asked for by way of the build’s files, as %s',
  (way) => {
    const request = `GET /_next/static/${way} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;

    test('is for who is admitted', async () => {
      await using entry = await startEntry({ admit: full });
      expect((await rawRequest(entry.server.port, request)).text).toMatch(/^HTTP\/1.1 429 /);
      expect(entry.pageHeaders).toEqual([]);
    });

    test('waits for its turn, which is its reader’s', async () => {
      await using entry = await startEntry();
      expect((await rawRequest(entry.server.port, request)).text).toMatch(/^HTTP\/1.1 200 /);
      expect(entry.clientAddresses).toEqual(['127.0.0.1']);
    });
  },
);

test('who is admitted is asked for by address', async () => {
  const asked: [string | undefined, string][] = [];
  await using entry = await startEntry({
    trustedProxies: ['127.0.0.1'],
    admit: ({ url }, address) => void asked.push([url, address]),
  });
  const response = await fetch(`${entry.origin}/api/trpc/auth.me`, {
    headers: { 'x-forwarded-for': '203.0.113.9' },
  });
  expect(response.status).toBe(401);
  expect(asked).toEqual([['/api/trpc/auth.me', '203.0.113.9']]);
});
