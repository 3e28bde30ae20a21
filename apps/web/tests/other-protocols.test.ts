import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { rawRequest, startEntry } from './entry.ts';

const entry = await startEntry();
afterAll(() => entry[Symbol.asyncDispose]());
const { port } = entry.server;
const ada = await entry.world.person('ada');

/** As Java's HttpClient and `curl --http2` begin where there is no TLS. */
const h2c =
  'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAA\r\n';
const webSocket = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
const me = (more = h2c) =>
  `GET /api/me HTTP/1.1\r\nHost: x\r\n${more}Authorization: Bearer ${ada.token}\r\n\r\n`;
const credentials = JSON.stringify({ login: 'ada', password: ada.password });
const login =
  `POST /api/auth/login HTTP/1.1\r\nHost: x\r\n${h2c}X-Forwarded-For: 203.0.113.9\r\n` +
  `Content-Type: application/json\r\nContent-Length: ${String(credentials.length)}\r\n\r\n`;

/** Sends more on a connection and resolves with what comes back, up to the pattern. */
async function goOn(socket: Socket, bytes: string, until: RegExp): Promise<string> {
  socket.write(bytes);
  let text = '';
  while (!until.test(text)) text += String((await once(socket, 'data'))[0]);
  return text;
}

describe('a request that offers HTTP/2 instead', () => {
  test('is answered as one that does not, again and again on its connection', async () => {
    const { text, socket } = await rawRequest(port, me(), /"name"/);
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    expect(text).toContain('Connection: keep-alive');
    expect(await goOn(socket, me(), /"name"/)).toMatch(/^HTTP\/1\.1 200 /);
    expect(await goOn(socket, me('') + me(), /"name"[^]*"name"/)).toMatch(
      /^HTTP\/1\.1 200 [^]*HTTP\/1\.1 200 /,
    );
    socket.destroy();
  });

  test('keeps its body, sent at once or later, and its sender’s own address', async () => {
    const { text } = await rawRequest(port, login + credentials, /"token"/);
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    const { socket } = await rawRequest(port, me(), /"name"/);
    socket.write(login + credentials.slice(0, 9));
    expect(await goOn(socket, credentials.slice(9), /"token"/)).toMatch(/^HTTP\/1\.1 200 /);
    socket.destroy();
    expect(new Set(entry.clientAddresses)).toEqual(new Set(['127.0.0.1']));
  });

  test('of a page gets the page', async () => {
    const page = `GET /chats HTTP/1.1\r\nHost: x\r\n${h2c}\r\n`;
    expect((await rawRequest(port, page, /a page/)).text).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('is held to the same times', async () => {
    await using slow = await startEntry({ timeouts: { headersMs: 100, requestMs: 300 } });
    expect((await rawRequest(slow.server.port, login)).text).toMatch(/^HTTP\/1\.1 408 /);
  });
});

describe('a WebSocket', () => {
  test('is opened at /ws only: elsewhere the request is answered', async () => {
    expect((await rawRequest(port, me(webSocket), /"name"/)).text).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('is opened by GET only', async () => {
    const posted = `POST /ws HTTP/1.1\r\nHost: x\r\n${webSocket}Content-Length: 0\r\nConnection: close\r\n\r\n`;
    expect((await rawRequest(port, posted)).text).toMatch(/^HTTP\/1\.1 405 /);
  });

  test('is Next’s elsewhere in development', async () => {
    const asked: unknown[] = [];
    await using development = await startEntry({
      development: true,
      pages: {
        handle: async (_request, response) => void response.end('a page'),
        upgrade: async (request, socket) => {
          asked.push(request.url);
          socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
        },
      },
    });
    const ask = (headers: string) =>
      rawRequest(development.server.port, `GET /_next/hmr HTTP/1.1\r\nHost: x\r\n${headers}\r\n`, /\r\n\r\n/);
    expect((await ask(webSocket)).text).toMatch(/^HTTP\/1\.1 101 /);
    expect((await ask(h2c)).text).toMatch(/^HTTP\/1\.1 200 /);
    expect(asked).toEqual(['/_next/hmr']);
  });
});
