import { ConfabError } from '@confab/contract';
import { errorFields, type Log } from '@confab/log';
import { Redis } from 'ioredis';
import type { ConnectionState } from './pubsub.ts';
import { redisAddress } from './redis-address.ts';

/** A command, or the silence of a connection, may take so long before the connection is given up. */
const commandTimeoutMs = 1_000;
/** A half-open connection looks like a quiet one until somebody asks: a frozen Redis is found within 3 s. */
const heartbeatEveryMs = 2_000;
const backoffMaxMs = 2_000;

interface RedisConnectionOptions {
  readonly url: string;
  readonly role: 'commands' | 'subscriber';
  readonly log: Log;
}

/** One connection to Redis that comes back by itself, and never makes anybody wait for that. */
export interface RedisConnection {
  readonly redis: Redis;
  state(): ConnectionState;
  /** See {@link Pubsub.takesWrites}. */
  takesWrites(): boolean;
  /** Runs commands. Whatever fails becomes ConfabError('UNAVAILABLE') with the failure as its cause. */
  run<Result>(commands: (redis: Redis) => Promise<Result>): Promise<Result>;
  /** Called at each `ready`, the first one included. */
  onReady(listener: () => void): void;
  onLost(listener: () => void): void;
  close(): Promise<void>;
}

/** Opens a connection; it is still `away` when this returns. Throws on a URL that cannot be Redis'. */
export function openRedisConnection({ url, role, log }: RedisConnectionOptions): RedisConnection {
  const address = redisAddress(url);
  const options = {
    connectionName: `confab-${role}`,
    commandTimeout: commandTimeoutMs,
    connectTimeout: commandTimeoutMs,
    disconnectTimeout: commandTimeoutMs,
    // Ends the connection itself when nothing is answered, so that commands stop piling up behind a frozen Redis.
    socketTimeout: commandTimeoutMs,
    // Fail fast: whoever asks decides what a failure means; a queue would only make the outage longer.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // The registry of subscriptions resubscribes, because it has to know when that is confirmed.
    autoResubscribe: false,
    retryStrategy: backoffMs,
  };
  const redis =
    typeof address === 'string' ? new Redis(address, options) : new Redis({ ...options, ...address });
  const connectionLog = log.child({ connection: role });
  let closing = false;
  logTransitions(redis, connectionLog, () => closing);
  let takesWrites = true;
  const beat = async () => {
    // The client ends the connection on silence, and reports that as lost.
    const refusal = await refusalOf(redis.ping());
    if (refusal !== null) connectionLog.debug('redis.pingFailed', errorFields(refusal));
    // Whatever else fails says nothing about the disk.
    if (refusal !== null && !isDiskFull(refusal)) return;
    const takes = refusal === null;
    if (takes && !takesWrites) connectionLog.info('redis.takesWrites');
    if (!takes && takesWrites) connectionLog.warn('redis.refusesWrites');
    takesWrites = takes;
  };
  const heartbeat = setInterval(() => {
    if (redis.status === 'ready') void beat();
  }, heartbeatEveryMs);
  heartbeat.unref();

  return {
    redis,
    state: () => (redis.status === 'ready' ? 'ready' : 'away'),
    takesWrites: () => takesWrites,
    run: (commands) => run(redis, commands),
    onReady: (listener) => void redis.on('ready', listener),
    onLost: (listener) => void redis.on('close', listener),
    close: async () => {
      closing = true;
      clearInterval(heartbeat);
      // Between two attempts there is no socket to wait for, and the client never says that it has ended.
      const open = redis.status === 'ready' || redis.status === 'connect';
      const ended = open ? new Promise<void>((resolve) => redis.once('end', resolve)) : undefined;
      redis.disconnect();
      await ended;
    },
  };
}

async function run<Result>(redis: Redis, commands: (redis: Redis) => Promise<Result>): Promise<Result> {
  try {
    return await commands(redis);
  } catch (cause) {
    throw unavailable(cause);
  }
}

async function refusalOf(answer: Promise<unknown>): Promise<unknown> {
  try {
    await answer;
    return null;
  } catch (error) {
    return error;
  }
}

/** Redis refuses a PING, too, while it cannot write its append-only file. */
function isDiskFull(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('MISCONF');
}

/** What everybody gets who needs Redis while it does not answer. */
export function unavailable(cause?: unknown): ConfabError {
  return new ConfabError('UNAVAILABLE', { retryAfterMs: backoffMaxMs, cause });
}

/** Exponential from 50 ms to 2 s, of which the upper half is random: processes must not come back in step. */
function backoffMs(attempt: number): number {
  const ceilingMs = Math.min(backoffMaxMs, 50 * 2 ** Math.min(attempt, 10));
  return Math.round(ceilingMs * (0.5 + Math.random() / 2));
}

/** Once per loss and once per return, not once per attempt; a loss that was asked for is none. */
function logTransitions(redis: Redis, log: Log, isClosing: () => boolean): void {
  let state: 'starting' | 'ready' | 'lost' = 'starting';
  let lastError: unknown;
  redis.on('error', (error: unknown) => {
    lastError = error;
  });
  redis.on('ready', () => {
    state = 'ready';
    lastError = undefined;
    log.info('redis.connected');
  });
  redis.on('close', () => {
    if (state === 'lost' || isClosing()) return;
    state = 'lost';
    log.warn('redis.lost', lastError === undefined ? {} : errorFields(lastError));
  });
}
