import { once } from 'node:events';
import { connect } from 'node:net';
import { testOrigin } from '@confab/testkit';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startEntry } from './entry.ts';
import { recordedLog } from './recorded-log.ts';

const foreign = { origin: 'https://evil.example', 'content-type': 'application/json' };
const secret = 'a very secret password';

async function scene() {
  const world: string[] = [];
  const recorded = recordedLog();
  const entry = await startEntry({ log: recorded.log }, { logTo: (line) => void world.push(line) });
  onTestFinished(() => entry[Symbol.asyncDispose]());
  /** Of both: what a procedure refuses is noted by the router. */
  const refused = () => [
    ...recorded.named('access.refused'),
    ...world
      .map((line) => JSON.parse(line) as { event: string })
      .filter((line) => line.event === 'access.refused'),
  ];
  return { entry, refused, recorded, world };
}

describe('refused access is noted, with who asked for what, and no secret', () => {
  test('of another site', async () => {
    const { entry, refused, recorded, world } = await scene();
    const body = JSON.stringify({ login: 'ada', password: secret });
    for (const path of ['/api/trpc/auth.signIn?input=secret', '/api/auth/login'])
      expect((await fetch(entry.origin + path, { method: 'POST', headers: foreign, body })).status).toBe(403);
    const form = { ...foreign, 'content-type': 'application/x-www-form-urlencoded' };
    const posted = { method: 'POST', headers: form, body: `login=ada&password=${secret}` };
    expect((await fetch(`${entry.origin}/sign-in?next=secret`, posted)).status).toBe(403);
    const noted = { code: 'CROSS_SITE', address: '127.0.0.1', userId: null, level: 'warn' };
    expect(refused()).toEqual([
      expect.objectContaining({ ...noted, path: '/api/trpc/auth.signIn' }),
      expect.objectContaining({ ...noted, path: '/api/auth/login' }),
      expect.objectContaining({ ...noted, path: '/sign-in' }),
    ]);
    expect(JSON.stringify([recorded.lines, world])).not.toMatch(/secret/);
  });

  test('of a stranger, and of somebody who may not', async () => {
    const { entry, refused } = await scene();
    const ada = await entry.world.person('ada');
    await fetch(`${entry.origin}/api/me`);
    await fetch(`${entry.origin}/api/conversations/${'0'.repeat(24)}`, {
      headers: { authorization: `Bearer ${ada.token}` },
    });
    expect(refused()).toEqual([
      expect.objectContaining({
        code: 'UNAUTHENTICATED',
        path: 'auth.me',
        address: '127.0.0.1',
        userId: null,
      }),
      expect.objectContaining({ code: 'NOT_FOUND', path: 'conversations.get', userId: ada.id }),
    ]);
  });

  test('(control) other refusals are not', async () => {
    const { entry, refused } = await scene();
    const body = JSON.stringify({ login: '', password: '' });
    const headers = { origin: testOrigin, 'content-type': 'application/json' };
    const response = await fetch(`${entry.origin}/api/auth/login`, { method: 'POST', headers, body });
    expect([response.status, refused()]).toEqual([400, []]);
  });
});

test.each(['/api/trpc/auth.signIn', '/api/auth/login'])(
  'who leaves in the middle of a body of %s is no error',
  async (path) => {
    const { entry, recorded } = await scene();
    const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`;
    const socket = connect(entry.server.port, '127.0.0.1', () => socket.write(head));
    await once(socket, 'connect');
    socket.resetAndDestroy();
    // Whoever comes after is answered: by then the one before is gone.
    await vi.waitFor(async () => {
      expect((await fetch(`${entry.origin}/healthz`)).status).toBe(200);
    }, 30_000);
    expect(recorded.lines.filter(({ level }) => level === 'error')).toEqual([]);
  },
);

test('work for somebody who left is told so', async () => {
  const pages = { handle: () => new Promise<void>(() => undefined), upgrade: async () => undefined };
  await using entry = await startEntry({ pages });
  const leaving = new AbortController();
  const answer = fetch(`${entry.origin}/chats`, { signal: leaving.signal }).catch(() => 'left');
  await vi.waitFor(() => {
    expect(entry.closed).toHaveLength(1);
  }, 30_000);
  expect(entry.closed[0]?.aborted).toBe(false);
  leaving.abort();
  await answer;
  await vi.waitFor(() => {
    expect(entry.closed[0]?.aborted).toBe(true);
  }, 30_000);
  // Whoever has their answer did not leave before it.
  await (await fetch(`${entry.origin}/api/me`)).json();
  expect(entry.closed.map(({ aborted }) => aborted)).toEqual([true, false]);
});
