import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { startOwnStore } from '@confab/testkit';
import { describe, expect, test, vi } from 'vitest';
import type { Pages } from '../server/open-pages.ts';
import { rawRequest, startEntry } from './entry.ts';
import { readAnswers } from './read-answers.ts';
import { recordedLog } from './recorded-log.ts';

describe('an address that nothing can stand under', () => {
  test.each([
    ['GET', '/chats/%ff'],
    ['GET', '/chats/%'],
    ['GET', '/%c3%28'],
    ['GET', '/chats/%00'],
    ['GET', '*'],
    ['OPTIONS', '*'],
    ['POST', '*'],
  ])('is not found, on a page of our own: %s %s', async (method, target) => {
    await using entry = await startEntry();
    const { text } = await rawRequest(
      entry.server.port,
      `${method} ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );
    const [answer] = readAnswers(Buffer.from(text).toString('latin1'), false);
    expect(answer?.status).toBe(404);
    expect(answer?.body).toContain('This page does not exist');
    expect(answer?.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(entry.pageHeaders).toEqual([]);
  });

  test('is not found by the API either, as a problem says', async () => {
    await using entry = await startEntry();
    const response = await fetch(`${entry.origin}/api/%ff`);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });
});

test('a host that is none is refused, whatever is asked for', async () => {
  await using entry = await startEntry();
  for (const path of ['/chats', '/api/me', '/api/trpc/auth.me', '/healthz']) {
    const bytes = `GET ${path} HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n`;
    expect((await rawRequest(entry.server.port, bytes)).text).toMatch(/^HTTP\/1\.1 400 /);
  }
});

test('while the database is away pages say so in words, and come back with it', async () => {
  await using store = await startOwnStore();
  const { log, named, lines } = recordedLog();
  await using entry = await startEntry({ log }, { mongodbUri: store.uri });
  const ada = await entry.world.person('ada');
  const page = () => fetch(`${entry.origin}/chats?q=secret`, { headers: { cookie: ada.cookie } });
  expect((await page()).status).toBe(200);
  await store.stop();
  const away = await page();
  expect(away.status).toBe(503);
  expect(away.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(away.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(await away.text()).toContain('The server is busy or restarting. Please try again.');
  expect(named('page.unavailable')).toEqual([expect.objectContaining({ path: '/chats', level: 'warn' })]);
  expect(JSON.stringify(lines)).not.toMatch(/secret/);
  // Who is not signed in is asked to, all the same.
  expect((await fetch(`${entry.origin}/sign-in`)).status).toBe(200);
  await store.start();
  await vi.waitFor(
    async () => {
      expect((await page()).status).toBe(200);
    },
    { timeout: 20_000 },
  );
});

/** An entry with one turn for pages. */
const renderingOneAtOnce = (waitingPerKeyMax: number, handle: Pages['handle']) =>
  startEntry({
    pageTurns: { atOnceMax: 1, atOncePerKeyMax: 1, waitingPerKeyMax, waitingMax: 10 },
    pages: { handle, upgrade: async () => undefined },
  });

test('pages are rendered a few at a time, and who asks for too many is told to wait', async () => {
  const open: ServerResponse[] = [];
  await using entry = await renderingOneAtOnce(1, async (_request, response) => {
    open.push(response);
    await once(response, 'close');
  });
  const [ada, bob] = [await entry.world.person('ada'), await entry.world.person('bob')];
  const ask = ({ cookie }: typeof ada) => fetch(`${entry.origin}/chats`, { headers: { cookie } });
  const answers = [ask(ada), ask(ada), ask(ada)];
  // The first is rendered, the second waits, the third is one too many, whichever of them that is.
  const refused = await Promise.race(answers);
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(await refused.text()).toContain('Too many attempts');
  answers.push(ask(bob));
  for (let rendered = 0; rendered < 3; rendered += 1) {
    await vi.waitFor(() => {
      expect(open).toHaveLength(1);
    }, 30_000);
    open.pop()?.end('a page');
  }
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  expect(statuses.toSorted()).toEqual([200, 200, 200, 429]);
});

/** As Next does now and then when a reader leaves: what it waits for never comes. */
const never = new Promise<void>(() => {
  // Nothing resolves it.
});

test('a page that is made without an end takes no turn from others once all of it was written', async () => {
  await using entry = await renderingOneAtOnce(10, (_request, response) => {
    response.end('a page');
    return never;
  });
  for (let times = 0; times < 3; times += 1)
    expect(await (await fetch(`${entry.origin}/sign-in`)).text()).toBe('a page');
});

test('… and when its reader leaves before, none for longer than a moment', async () => {
  const rendering: ServerResponse[] = [];
  await using entry = await renderingOneAtOnce(10, async (request, response) => {
    if (request.url === '/sign-in') return void response.end('a page');
    rendering.push(response);
    await never;
  });
  const leaving = new AbortController();
  const left = fetch(`${entry.origin}/chats`, { signal: leaving.signal }).catch(() => 'left');
  await vi.waitFor(() => {
    expect(rendering).toHaveLength(1);
  }, 30_000);
  const next = fetch(`${entry.origin}/sign-in`);
  leaving.abort();
  expect(await left).toBe('left');
  expect(await (await next).text()).toBe('a page');
});
