import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { rawRequest, startEntry } from './entry.ts';

const upgrade = (path: string, headers = '') =>
  `GET ${path} HTTP/1.1\r\nHost: chat.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n${headers}\r\n`;

interface WsServer extends AsyncDisposable {
  readonly url: string;
  readonly requests: IncomingMessage[];
}

/** Stands for the ws server: agrees to upgrades and sends back what it is sent, or refuses them. */
async function startWsServer({ refuses = false } = {}): Promise<WsServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer();
  server.on('request', (request) => requests.push(request));
  server.on('upgrade', (request, socket) => {
    requests.push(request);
    if (refuses) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('an upgrade reaches the ws server with its Origin, Host and cookie, and the address that we know', async () => {
  await using ws = await startWsServer();
  await using entry = await startEntry({ wsUrl: ws.url });
  const headers =
    'Origin: https://chat.example\r\nCookie: confab_session=s\r\nX-Forwarded-For: 203.0.113.9\r\n';
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
    cookie: 'confab_session=s',
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

test('an upgrade of anything but /ws is answered with 404', async () => {
  await using ws = await startWsServer();
  await using entry = await startEntry({ wsUrl: ws.url });
  const { text } = await rawRequest(entry.server.port, upgrade('/chats'));
  expect(text).toMatch(/^HTTP\/1\.1 404 /);
  expect(ws.requests).toEqual([]);
});

test('closing ends open tunnels', async () => {
  await using ws = await startWsServer();
  await using entry = await startEntry({ wsUrl: ws.url });
  const { socket } = await rawRequest(entry.server.port, upgrade('/ws'), /\r\n\r\n/);
  const ended = new Promise((resolve) => socket.once('close', resolve));
  await entry.server.close(100);
  await ended;
});
