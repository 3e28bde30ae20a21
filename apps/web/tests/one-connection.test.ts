import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { limits } from '@confab/contract';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Pages } from '../server/open-pages.ts';
import { rawRequest, startEntry } from './entry.ts';
import { readAnswers } from './read-answers.ts';
import { recordedLog } from './recorded-log.ts';

/** Pages that are answered when a test says so, and how many of them were asked for. */
function heldPages() {
  const open: { url: string; response: ServerResponse }[] = [];
  const asked: string[] = [];
  const pages: Pages = {
    handle: async ({ url = '' }, response) => {
      asked.push(url);
      open.push({ url, response });
      await once(response, 'close');
    },
    upgrade: async () => undefined,
  };
  return { pages, open, asked };
}

const get = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\n${more}\r\n`;
const paths = (count: number) => Array.from({ length: count }, (_, i) => `/page-${String(i)}`);

function send(port: number, bytes: string): Socket {
  const socket = connect(port, '127.0.0.1', () => socket.write(bytes)).on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  return socket;
}

describe('requests that one connection sends ahead', () => {
  test('are begun one after the other, and answered in their order', async () => {
    const { pages, open, asked } = heldPages();
    await using entry = await startEntry({ pages });
    const all = paths(5);
    const socket = send(entry.server.port, all.map((path) => get(path)).join(''));
    let text = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
    for (const [i, path] of all.entries()) {
      await vi.waitFor(() => {
        expect(open).toHaveLength(1);
      }, 30_000);
      expect(asked).toEqual(all.slice(0, i + 1));
      open.pop()?.response.end(`the page ${path}`);
    }
    await vi.waitFor(() => {
      expect(readAnswers(text, false).map(({ body }) => body)).toEqual(all.map((path) => `the page ${path}`));
    }, 30_000);
  });

  test('(control) Node alone begins with all of them at once', async () => {
    const asked: string[] = [];
    const http = createServer(({ url = '' }) => void asked.push(url)).listen(0, '127.0.0.1');
    await once(http, 'listening');
    onTestFinished(() => {
      http.close();
      http.closeAllConnections();
    });
    send(
      (http.address() as AddressInfo).port,
      paths(300)
        .map((path) => get(path))
        .join(''),
    );
    await vi.waitFor(() => {
      expect(asked).toHaveLength(300);
    }, 30_000);
  });

  test('beyond those that may wait close it, and are never begun', async () => {
    const { pages, asked } = heldPages();
    const { log, named } = recordedLog();
    await using entry = await startEntry({ pages, log });
    const socket = send(
      entry.server.port,
      paths(300)
        .map((path) => get(path))
        .join(''),
    );
    socket.resume();
    await once(socket, 'close');
    expect(asked).toEqual(['/page-0']);
    expect(named('connection.flooded')).toEqual([expect.objectContaining({ address: '127.0.0.1' })]);
  });

  test('may wait up to the limit', async () => {
    await using entry = await startEntry();
    const all = paths(limits.pipelinedRequestsMax + 1).map((path, i) =>
      get(path, i === limits.pipelinedRequestsMax ? 'Connection: close\r\n' : ''),
    );
    const { text } = await rawRequest(entry.server.port, all.join(''));
    expect(readAnswers(text, false)).toHaveLength(all.length);
  });

  test('wait with their bodies, whole', async () => {
    await using entry = await startEntry();
    const body = JSON.stringify({ login: 'nobody', password: 'wrong password' });
    const post = (more = '') =>
      `POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${more}` +
      `Content-Length: ${String(body.length)}\r\n\r\n${body}`;
    const { text } = await rawRequest(entry.server.port, post() + post() + post('Connection: close\r\n'));
    expect(readAnswers(text, false).map(({ status }) => status)).toEqual([401, 401, 401]);
  });

  test('are not followed by a tunnel in the middle of an answer', async () => {
    const { pages, open } = heldPages();
    await using entry = await startEntry({ pages });
    const upgrade = `Connection: Upgrade\r\nUpgrade: websocket\r\n`;
    const socket = send(entry.server.port, get('/slow'));
    let text = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
    await vi.waitFor(() => {
      expect(open).toHaveLength(1);
    }, 30_000);
    socket.write(get('/ws', upgrade));
    await once(socket, 'close');
    expect({ text, asked: open.map(({ url }) => url) }).toEqual({ text: '', asked: ['/slow'] });
  });
});

describe('connections of one address', () => {
  const refused = /^HTTP\/1\.1 (?:429|503) [^]*retry-after: 5/i;

  test('are counted: one too many is told when to come back', async () => {
    await using entry = await startEntry({ connections: { perAddressMax: 2, max: 10 } });
    const { port } = entry.server;
    const [first] = [send(port, ''), send(port, '')];
    await Promise.all([once(first, 'connect')]);
    await vi.waitFor(async () => {
      expect((await rawRequest(port, get('/chats'))).text).toMatch(refused);
    }, 30_000);
    first.destroy();
    await vi.waitFor(async () => {
      const { text } = await rawRequest(port, get('/chats', 'Connection: close\r\n'));
      expect(text).toMatch(/^HTTP\/1\.1 200 /);
    }, 30_000);
  });

  test('are counted for everybody together, those of a proxy too', async () => {
    const connections = { perAddressMax: 1, max: 3 };
    await using entry = await startEntry({ connections, trustedProxies: ['127.0.0.1'] });
    const { port } = entry.server;
    const open = [send(port, ''), send(port, ''), send(port, '')];
    await Promise.all(open.map((socket) => once(socket, 'connect')));
    await vi.waitFor(async () => {
      expect((await rawRequest(port, get('/chats'))).text).toMatch(refused);
    }, 30_000);
  });
});
