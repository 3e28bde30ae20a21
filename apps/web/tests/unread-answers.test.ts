import { connect, type Socket } from 'node:net';
import { onTestFinished, describe, expect, test, vi } from 'vitest';
import { type WatchBounds, watchBounds } from '../server/answer-watch.ts';
import { readKernelSendQueues } from '../server/kernel-send-queues.ts';
import type { Pages } from '../server/open-pages.ts';
import { startEntry } from './entry.ts';
import { recordedLog } from './recorded-log.ts';

const page = Buffer.alloc(24_000_000, 'a');
const pages: Pages = {
  handle: async (_request, response) => void response.end(page),
  upgrade: async () => undefined,
};
const patience = { everyMs: 100, unreadMs: 1_500, looks: 15 };
const waitFor = (check: () => void) => vi.waitFor(check, { timeout: 25_000, interval: 50 });

/** Asks for a page and takes none of it. */
function ask(port: number): Socket {
  const socket = connect(port, '127.0.0.1', () => socket.write('GET /chats HTTP/1.1\r\nHost: x\r\n\r\n'));
  socket.pause().on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  return socket;
}

/** Takes 64 KiB ten times a second: less than a kernel gives back before it takes more from us, within the patience. */
function readSlowly(socket: Socket): void {
  socket.on('readable', () => undefined);
  const reading = setInterval(() => void socket.read(Math.min(65_536, socket.readableLength)), 100);
  onTestFinished(() => {
    clearInterval(reading);
  });
}

async function startWatched(bounds: Partial<WatchBounds> = {}) {
  const { log, named } = recordedLog();
  let looks = 0;
  const { sendQueues = readKernelSendQueues, ...rest } = bounds;
  const unread: WatchBounds = {
    ...watchBounds,
    everyMs: patience.everyMs,
    unreadMs: patience.unreadMs,
    blindMs: patience.unreadMs,
    ...rest,
    sendQueues: (port) => {
      looks += 1;
      return sendQueues(port);
    },
  };
  const entry = await startEntry({ pages, log, unread });
  onTestFinished(() => entry[Symbol.asyncDispose]());
  return { port: entry.server.port, named, looks: () => looks };
}

describe('an answer that waits to be read', () => {
  test('is given up when nothing of it is taken, and goes on for whoever reads slowly', async () => {
    const { port, named, looks } = await startWatched();
    ask(port);
    readSlowly(ask(port));
    await waitFor(() => {
      expect(looks()).toBeGreaterThan(4 * patience.looks);
    });
    expect(named('answer.unread')).toEqual([expect.objectContaining({ address: '127.0.0.1' })]);
  });

  test('(control) by our own buffer alone, who reads slowly seems to read nothing', async () => {
    const { port, named } = await startWatched({ sendQueues: async () => () => 0 });
    readSlowly(ask(port));
    await waitFor(() => {
      expect(named('answer.unread')).toHaveLength(1);
    });
  });

  test('(control) unwatched, it waits as long as it likes', async () => {
    const { port, named, looks } = await startWatched({ unreadMs: 3_600_000 });
    ask(port);
    await waitFor(() => {
      expect(looks()).toBeGreaterThan(2 * patience.looks);
    });
    expect(named('answer.unread')).toEqual([]);
  });
});

describe('answers that wait to be read by one address', () => {
  test('are bounded in bytes: the largest is given up', async () => {
    const { port, named } = await startWatched({ unreadMs: 3_600_000, bytesPerAddressMax: 30_000_000 });
    ask(port);
    ask(port);
    await waitFor(() => {
      expect(named('answer.tooMuchUnread')).toHaveLength(1);
    });
  });

  test('are bounded in bytes for everybody together', async () => {
    const { port, named } = await startWatched({ unreadMs: 3_600_000, bytesMax: 30_000_000 });
    ask(port);
    ask(port);
    await waitFor(() => {
      expect(named('answer.tooMuchUnread')).toHaveLength(1);
    });
  });
});
