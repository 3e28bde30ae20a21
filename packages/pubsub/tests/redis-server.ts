import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRedis, freePort } from '@confab/launcher';
import { Redis } from 'ioredis';

/** A redis-server of one's own, to do to it what one would not do to a shared one. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  /** kill -9. Resolves when it is gone. */
  kill(): Promise<void>;
  /** On the same port, with nothing in it. Resolves when it answers. */
  start(): Promise<void>;
  /** SIGSTOP: it accepts connections and answers nothing. */
  freeze(): void;
  thaw(): void;
  /** A plain client beside what is tested. */
  readonly client: Redis;
}

export async function startRedisServer(): Promise<RedisServer> {
  const port = await freePort();
  const directory = await mkdtemp(join(tmpdir(), 'confab-redis-'));
  const url = `redis://127.0.0.1:${String(port)}`;
  let child: ChildProcess = await launch(port, directory);
  const client = new Redis(url, { retryStrategy: () => 20 });
  client.on('error', () => undefined);

  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  return {
    url,
    client,
    kill,
    start: async () => {
      child = await launch(port, directory);
      await client.ping();
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    [Symbol.asyncDispose]: async () => {
      client.disconnect();
      await kill();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function launch(port: number, directory: string): Promise<ChildProcess> {
  const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: directory };
  const program = await findRedis();
  const child = spawn(
    program.command,
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    { stdio: ['ignore', 'pipe', 'inherit'], env: program.env },
  );
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    if (output.includes('Ready to accept connections')) {
      child.stdout.resume();
      return child;
    }
  }
  throw new Error(`redis-server did not start:\n${output}`);
}
