import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readEnv } from '../server/env.ts';
import { rawRequest, startEntry } from './entry.ts';
import { startWsServer, upgrade } from './ws-stand-in.ts';

const needed = { MONGODB_URI: 'mongodb://127.0.0.1/confab', REDIS_URL: 'redis://127.0.0.1' };

test('an upgrade reaches the ws server with its Origin, Host and cookie, and the address that we know', async () => {
  await using ws = await startWsServer();
  await using entry = await startEntry({ wsUrl: ws.url });
  const headers =
    'Origin: https://chat.example\r\nCookie: confab-session=s\r\nX-Forwarded-For: 203.0.113.9\r\n';
  const { socket } = await rawRequest(
    entry.server.port,
    upgrade('/ws?connectionParams=1', headers),
    /\r\n\r\n/,
  );
  socket.destroy();
  expect(ws.requests[0]?.url).toBe('/ws?connectionParams=1');
  expect(ws.requests[0]?.headers).toMatchObject({
    host: 'chat.example',
    origin: 'https://chat.example',
    cookie: 'confab-session=s',
    'x-forwarded-for': '127.0.0.1',
  });
});

test('bytes pass both ways once the ws server has agreed', async () => {
  await using ws = await startWsServer();
  await using entry = await startEntry({ wsUrl: ws.url });
  const { text, socket } = await rawRequest(entry.server.port, `${upgrade('/ws')}early`, /early/);
  expect(text).toMatch(/^HTTP\/1\.1 101 /);
  const echoed = new Promise<string>((resolve) =>
    socket.once('data', (chunk: string) => {
      resolve(chunk);
    }),
  );
  socket.write('and later');
  expect(await echoed).toBe('and later');
  socket.destroy();
});

test('a ws server on a socket is reached by its path', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'confab ws '));
  try {
    await using ws = await startWsServer({ path: join(folder, 'ws.sock') });
    await using entry = await startEntry({
      wsUrl: readEnv({ ...needed, WS_INTERNAL_URL: ws.url }).WS_INTERNAL_URL,
    });
    const { text, socket } = await rawRequest(entry.server.port, `${upgrade('/ws')}early`, /early/);
    expect(text).toMatch(/^HTTP\/1\.1 101 /);
    expect(ws.requests[0]?.headers['x-forwarded-for']).toBe('127.0.0.1');
    socket.destroy();
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('after a refusal nothing more of the client reaches the ws server', async () => {
  await using ws = await startWsServer({ refuses: true });
  await using entry = await startEntry({ wsUrl: ws.url });
  const smuggled = 'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n';
  const { text } = await rawRequest(entry.server.port, `${upgrade('/ws')}${smuggled}`);
  expect(text).toMatch(/^HTTP\/1\.1 401 /);
  expect(ws.requests.map(({ url }) => url)).toEqual(['/ws']);
});

test('without a ws server an upgrade is answered with 503', async () => {
  await using ws = await startWsServer();
  const { url } = ws;
  await ws[Symbol.asyncDispose]();
  await using entry = await startEntry({ wsUrl: url });
  const { text } = await rawRequest(entry.server.port, upgrade('/ws'));
  expect(text).toMatch(/^HTTP\/1\.1 503 /);
});

test('closing ends open tunnels', async () => {
  await using ws = await startWsServer();
  await using entry = await startEntry({ wsUrl: ws.url });
  const { socket } = await rawRequest(entry.server.port, upgrade('/ws'), /\r\n\r\n/);
  const ended = new Promise((resolve) => socket.once('close', resolve));
  await entry.server.close(100);
  await ended;
});

/** A client that asks for a socket and never ends its half of the connection. */
function lingering(port: number): Socket {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () =>
    socket.write(upgrade('/ws')),
  );
  // Resets are what this is about.
  return socket.on('error', () => undefined).resume();
}

test('a refused client that stays costs nothing: its connection is gone with the answer', async () => {
  await using ws = await startWsServer({ refuses: true });
  await using entry = await startEntry({ wsUrl: ws.url });
  const socket = lingering(entry.server.port);
  await once(socket, 'end');
  // A connection that is gone answers with a reset; one that waits for us takes all of it.
  while (!socket.destroyed)
    await new Promise((resolve) => socket.write('still here', () => setImmediate(resolve)));
});

test('closing ends upgrades that nobody has answered yet', async () => {
  await using ws = await startWsServer({ isSilent: true });
  await using entry = await startEntry({ wsUrl: ws.url });
  const socket = lingering(entry.server.port);
  await ws.asked;
  await entry.server.close(100);
  socket.destroy();
});
