import type { AppRouter } from '@confab/api';
import { detailsOf, httpLink } from '@confab/client/transport';
import { scarceLimit } from '@confab/testkit';
import { createTRPCClient, httpBatchLink, type TRPCLink } from '@trpc/client';
import { expect, test } from 'vitest';
import { startEntry } from './entry.ts';

test('an address that asks for page after page is told when to come back; people and probes behind it are not', async () => {
  await using entry = await startEntry({}, { faultyPubsub: scarceLimit('strangers', 40) });
  const ada = await entry.world.person('ada');
  const get = (path: string, headers: Record<string, string> = {}) => fetch(entry.origin + path, { headers });
  const statuses = [];
  for (let i = 0; i < 20; i++) statuses.push((await get('/sign-in')).status);
  expect(statuses).toEqual([...Array<number>(8).fill(200), ...Array<number>(12).fill(429)]);
  const refused = await get('/sign-in');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await get('/api/openapi.json')).status).toBe(429);
  expect((await get('/api/trpc/auth.nameAvailable?input={"name":"eve"}')).status).toBe(429);

  const cookie = { cookie: ada.cookie };
  expect((await get('/chats', cookie)).status).toBe(200);
  expect((await get('/api/trpc/auth.me', cookie)).status).toBe(200);
  for (let i = 0; i < 20; i++) expect((await get('/healthz')).status).toBe(200);
});

/** 30 calls of ada's in batches, ten at once and fifty a second of which are granted; how they end. */
async function thirtyCalls(linkOf: (entry: { origin: string; token: string }) => TRPCLink<AppRouter>) {
  await using entry = await startEntry({}, { faultyPubsub: scarceLimit('reads', 10, 20) });
  const { token } = await entry.world.person('ada');
  const client = createTRPCClient<AppRouter>({ links: [linkOf({ origin: entry.origin, token })] });
  const calls = await Promise.allSettled(Array.from({ length: 30 }, () => client.auth.me.query()));
  return calls.map((call) => (call.status === 'fulfilled' ? 'ok' : detailsOf(call.reason)?.code));
}

const headersOf = (token: string) => ({ authorization: `Bearer ${token}` });

test('queries of the app beyond the budget wait, and all of them are answered', async () => {
  const outcomes = await thirtyCalls(({ origin, token }) => httpLink({ origin, headers: headersOf(token) }));
  expect(outcomes).toEqual(Array<string>(30).fill('ok'));
});

test('a client without patience is refused', async () => {
  const outcomes = await thirtyCalls(({ origin, token }) =>
    httpBatchLink<AppRouter>({ url: `${origin}/api/trpc`, headers: headersOf(token), maxItems: 10 }),
  );
  expect(outcomes).toContain('RATE_LIMITED');
});

test('a refused call says in a header, too, when to come back', async () => {
  await using entry = await startEntry({}, { faultyPubsub: scarceLimit('reads', 1) });
  const { token } = await entry.world.person('ada');
  const me = () => fetch(`${entry.origin}/api/trpc/auth.me`, { headers: headersOf(token) });
  expect((await me()).status).toBe(200);
  const refused = await me();
  expect([refused.status, Number(refused.headers.get('retry-after'))]).toEqual([429, expect.any(Number)]);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(1);
  const problem = await fetch(`${entry.origin}/api/me`, { headers: headersOf(token) });
  expect([problem.status, problem.headers.has('retry-after')]).toEqual([429, true]);
});
