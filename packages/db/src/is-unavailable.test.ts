import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isUnavailable } from './is-unavailable.ts';

/** What a connection says that is written to after its other end was killed. */
async function brokenPipe(): Promise<Error> {
  const dir = mkdtempSync(join(tmpdir(), 'confab-'));
  const server = createServer((socket) => socket.destroy()).listen(join(dir, 'socket'));
  try {
    await once(server, 'listening');
    const socket = connect({ path: join(dir, 'socket'), allowHalfOpen: true }).resume();
    await once(socket, 'end');
    const failed = once(socket, 'error') as Promise<[Error]>;
    socket.write('a command');
    return (await failed)[0];
  } finally {
    server.close();
    rmSync(dir, { recursive: true });
  }
}

test('a connection that is cut while it is written to is a database that is away', async () => {
  const error = await brokenPipe();
  expect(error).toMatchObject({ code: 'EPIPE' });
  expect(isUnavailable(error)).toBe(true);
});

test('a file that is not there is none, and no fault of ours is', () => {
  const missing = Object.assign(new Error('ENOENT'), { code: 'ENOENT', syscall: 'open' });
  for (const error of [missing, new Error('EPIPE'), new TypeError('x is undefined'), null])
    expect(isUnavailable(error)).toBe(false);
});
