import { randomBytes } from 'node:crypto';
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
    let openMost = 0;
    const client = db.connection.getClient();
    client.on('connectionReady', ({ connectionId }) => {
      open.add(connectionId);
      openMost = Math.max(openMost, open.size);
    });
    client.on('connectionClosed', ({ connectionId }) => open.delete(connectionId));
    await Promise.all(Array.from({ length: 20 }, () => db.ping()));
    // How many it takes is up to how fast they answer.
    expect(openMost).toBeGreaterThan(0);
    await vi.waitFor(() => {
      expect(open.size).toBe(0);
    }, waitMs);
    await db.ping();
  } finally {
    await db.close();
  }
});
