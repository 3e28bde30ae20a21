import type { Log } from '@confab/log';
import { Channels } from './channels.ts';
import { createKeys, presenceShards } from './keys.ts';
import { createLeasePresence } from './lease-presence.ts';
import { Limits } from './limits.ts';
import { inPortions } from './portions.ts';
import type { Pubsub } from './pubsub.ts';
import { openRedisConnection, unavailable, type RedisConnection } from './redis-connection.ts';
import { Turns } from './turns.ts';
import {
  readConversationEvent,
  readPresenceEvent,
  readTypingEvent,
  readUserEvent,
  writeEvent,
} from './wire.ts';

/** See {@link Presence}. */
const defaultLeaseMs = 25_000;

export interface PubsubOptions {
  /** `redis://`, `rediss://` or `unix:///path`, with credentials where needed. */
  readonly url: string;
  /** Begins every key and channel. Processes that are to meet share it. */
  readonly namespace: string;
  readonly log: Log;
  /** Milliseconds since 1970, for the limits of this process. For tests; Redis always uses its own clock. */
  readonly clock?: () => number;
  /** How long a lease lives without renewal; for tests. */
  readonly leaseMs?: number;
}

/**
 * Opens both connections. Resolves when they are ready or have failed once: a process has to be able to start while
 * Redis is away (`status()` tells, and both come back by themselves). Rejects on a malformed URL only.
 */
export async function connectPubsub(options: PubsubOptions): Promise<Pubsub> {
  const { url, namespace, log, clock = Date.now, leaseMs = defaultLeaseMs } = options;
  const commands = openRedisConnection({ url, role: 'commands', log });
  const subscriber = openRedisConnection({ url, role: 'subscriber', log });
  const keys = createKeys(namespace);
  const channels = new Channels(subscriber, log);
  const limits = new Limits({ connection: commands, keys, log, clock });
  const turns = new Turns({ connection: commands, keys, log, clock });
  const readiness = watchReadiness(commands, channels);
  await Promise.all([firstOutcome(commands), firstOutcome(subscriber)]);

  const publish = async (channel: string, message: string): Promise<void> => {
    await commands.run((redis) => redis.publish(channel, message));
  };
  return {
    publishToConversation: (conversationId, event) =>
      publish(keys.conversationChannel(conversationId), writeEvent(event)),
    publishToUser: (userId, event) => publish(keys.userChannel(userId), writeEvent(event)),
    publishTyping: (event) => publish(keys.typingChannel(event.conversationId), writeEvent(event)),
    subscribeConversation: (conversationId, listener) =>
      channels.subscribe(keys.conversationChannel(conversationId), readConversationEvent, listener),
    subscribeUser: (userId, listener) =>
      channels.subscribe(keys.userChannel(userId), readUserEvent, listener),
    subscribeTyping: (conversationId, listener) =>
      channels.subscribe(keys.typingChannel(conversationId), readTypingEvent, listener),
    subscribePresence: async (listener) => {
      const shards = Array.from({ length: presenceShards }, (_, shard) => keys.presenceChannel(shard));
      const stops = await Promise.all(
        shards.map((channel) => channels.subscribe(channel, readPresenceEvent, listener)),
      );
      return async () => {
        await Promise.all(stops.map((stop) => stop()));
      };
    },
    onResubscribed: (listener) => channels.onResubscribed(listener),
    onLost: (listener) => channels.onLost(listener),
    presence: createLeasePresence({ connection: commands, keys, leaseMs }),
    limiter({ portion, ...limiterOptions }) {
      const limiter = limits.limiter(limiterOptions);
      return portion === undefined ? limiter : inPortions(limiter, { portion, clock });
    },
    pacer: (name) => turns.pacer(name),
    status: () => ({ commands: commands.state(), subscriber: channels.state() }),
    takesWrites: () => commands.takesWrites(),
    ready: readiness.ready,
    close: async () => {
      readiness.close();
      await Promise.all([commands.close(), subscriber.close()]);
    },
  };
}

function firstOutcome(connection: RedisConnection): Promise<void> {
  return new Promise((resolve) => {
    connection.onReady(resolve);
    connection.onLost(resolve);
  });
}

function watchReadiness(commands: RedisConnection, channels: Channels) {
  const waiting = new Set<{ resolve: () => void; reject: (error: unknown) => void }>();
  let closed = false;
  const isReady = () => commands.state() === 'ready' && channels.state() === 'ready';
  const settle = (): void => {
    if (!isReady()) return;
    for (const { resolve } of waiting) resolve();
    waiting.clear();
  };
  commands.onReady(settle);
  channels.onResubscribed(settle);
  return {
    ready: async (): Promise<void> => {
      if (closed) throw unavailable();
      if (!isReady()) await new Promise<void>((resolve, reject) => waiting.add({ resolve, reject }));
    },
    close: (): void => {
      closed = true;
      for (const { reject } of waiting) reject(unavailable());
      waiting.clear();
    },
  };
}
