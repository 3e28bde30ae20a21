import { randomBytes } from 'node:crypto';
import net from 'node:net';
import { connectDatabase } from '@confab/db';
import { createLog } from '@confab/log';
import { expect, inject, test, vi } from 'vitest';

/** For the driver, which looks ten times a second, on a machine that is busy. */
const waitMs = 20_000;

test('connections that a peak opened are closed again when nobody needs them, and the next call opens one', async () => {
  const db = await connectDatabase({
    uri: inject('mongodbUri'),
    dbName: `test_${randomBytes(6).toString('hex')}`,
    log: createLog({ service: 'test', level: 'silent' }),
    idleConnectionMs: 20,
  });
  try {
    const open = new Set<number | string>();
    let opened = 0;
    const client = db.connection.getClient();
    client.on('connectionReady', ({ connectionId }) => {
      open.add(connectionId);
      opened += 1;
    });
    client.on('connectionClosed', ({ connectionId }) => open.delete(connectionId));
    // A connection that has been idle for too long is not used again: a later call opens one.
    await vi.waitFor(async () => {
      await Promise.all(Array.from({ length: 20 }, () => db.ping()));
      expect(opened).toBeGreaterThan(0);
    }, waitMs);
    await vi.waitFor(() => {
      expect(open.size).toBe(0);
    }, waitMs);
    const before = opened;
    await db.ping();
    expect(opened).toBe(before + 1);
  } finally {
    await db.close();
  }
});

test('what begins on connections that the database just closed fails at once, and the database is found again', async () => {
  const sockets: net.Socket[] = [];
  const connect = net.createConnection;
  vi.spyOn(net, 'createConnection').mockImplementation((...args: unknown[]) => {
    const socket = Reflect.apply(connect, net, args) as net.Socket;
    sockets.push(socket);
    return socket;
  });
  const db = await connectDatabase({
    uri: inject('mongodbUri'),
    dbName: `test_${randomBytes(6).toString('hex')}`,
    log: createLog({ service: 'test', level: 'silent' }),
  });
  try {
    const ask = () => db.connection.getClient().db().command({ ping: 1 });
    await ask();
    // The driver's own that looks after the server is among them. None has told of its end yet.
    expect(sockets.length).toBeGreaterThan(1);
    for (const socket of sockets) socket.destroy();
    await expect(ask()).rejects.toThrow('closed');
    await expect(ask()).resolves.toMatchObject({ ok: 1 });
  } finally {
    await db.close();
    vi.restoreAllMocks();
  }
});
