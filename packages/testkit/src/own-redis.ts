import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startRedis } from '@confab/launcher';

/** A Redis of a test's own, to do to it what one would not do to a shared one. */
export interface OwnRedis extends AsyncDisposable {
  readonly url: string;
  /** kill -9. Resolves when it is gone. */
  kill(): Promise<void>;
  /** On the same port, with what its append-only file holds. Resolves when it answers. */
  start(): Promise<void>;
  /** Runs one command, as a person would type it; resolves to the first line of the answer. */
  run(command: string): Promise<string>;
}

export async function startOwnRedis(): Promise<OwnRedis> {
  const dataDir = await mkdtemp(join(tmpdir(), 'confab-redis-'));
  const port = await freePort();
  let redis = await startRedis({ dataDir, port });
  let alive = true;
  return {
    url: redis.url,
    async kill() {
      redis.kill('SIGKILL');
      await redis.stop();
      alive = false;
    },
    async start() {
      redis = await startRedis({ dataDir, port });
      alive = true;
    },
    run: (command) => inline(port, command),
    async [Symbol.asyncDispose]() {
      if (alive) await redis.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Redis's inline protocol: a line of text is a command. */
function inline(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(`${command}\r\n`));
    socket.once('data', (bytes) => {
      socket.destroy();
      resolve(bytes.toString('utf8').split('\r\n')[0] ?? '');
    });
    socket.once('error', reject);
  });
}
