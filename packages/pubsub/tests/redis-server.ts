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
  /** The path of the socket that it listens on beside its port. */
  readonly socket: string;
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

/** What it writes may grow so far: to Redis a full disk is the same. */
interface Settings {
  readonly fileKiBMax?: number;
}

export async function startRedisServer(settings: Settings = {}): Promise<RedisServer> {
  const port = await freePort();
  const directory = await mkdtemp(join(tmpdir(), 'confab-redis-'));
  const url = `redis://127.0.0.1:${String(port)}`;
  let child: ChildProcess = await launch(port, directory, settings);
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
    socket: join(directory, 'redis.sock'),
    client,
    kill,
    start: async () => {
      child = await launch(port, directory, settings);
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

async function launch(port: number, directory: string, { fileKiBMax }: Settings): Promise<ChildProcess> {
  const settings = {
    port,
    bind: '127.0.0.1',
    unixsocket: join(directory, 'redis.sock'),
    save: '',
    appendonly: fileKiBMax === undefined ? 'no' : 'yes',
    dir: directory,
  };
  const program = await findRedis();
  // A write beyond the limit then fails, as it does on a full disk; without the trap it would end the process.
  const limit = `trap '' XFSZ; ulimit -f ${String(fileKiBMax)}; exec "$@"`;
  const [command = '', ...args] = [
    ...(fileKiBMax === undefined ? [] : ['/bin/bash', '-c', limit, 'bash']),
    program.command,
    ...Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
  ];
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: program.env,
  });
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
