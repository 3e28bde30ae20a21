import { randomBytes } from 'node:crypto';
import { createLog } from '@confab/log';
import { connectPubsub, type Pubsub, type PubsubOptions } from '../src/index.ts';
import { startRedisServer, type RedisServer } from './redis-server.ts';

export function newId(): string {
  return randomBytes(12).toString('hex');
}

export interface World extends AsyncDisposable {
  readonly server: RedisServer;
  readonly namespace: string;
  /** The events that were logged, by name, oldest first. */
  logged(): string[];
  /** One more process of the installation. */
  connect(options?: Partial<PubsubOptions>): Promise<Pubsub>;
}

/** A Redis, and as many processes on it as a test wants. */
export async function createWorld(): Promise<World> {
  const server = await startRedisServer();
  const lines: string[] = [];
  const log = createLog({
    service: 'test',
    level: 'debug',
    destination: { write: (line) => void lines.push(line) },
  });
  const opened: Pubsub[] = [];
  const namespace = `test-${newId()}`;
  return {
    server,
    namespace,
    logged: () => lines.map((line) => (JSON.parse(line) as { event: string }).event),
    connect: async (options = {}) => {
      const pubsub = await connectPubsub({ url: server.url, namespace, log, ...options });
      opened.push(pubsub);
      return pubsub;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(opened.map((pubsub) => pubsub.close()));
      await server[Symbol.asyncDispose]();
    },
  };
}

/** The refusal that a promise ends in; fails when it does not. */
export async function refusalOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It was not refused.');
}
