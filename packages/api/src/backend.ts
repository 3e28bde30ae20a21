import type { IncomingHttpHeaders } from 'node:http';
import {
  clearedSessionCookie,
  createPasswords,
  createSessions,
  readSessionToken,
  sessionCookie,
} from '@confab/auth';
import { ConfabError } from '@confab/contract';
import {
  type Actor,
  type Core,
  createChangeJanitor,
  createCore,
  createPresenceKeeper,
  keepWatch,
  type LiveTiming,
  type PresenceKeeper,
  watchSession,
} from '@confab/core';
import { connectDatabase, type Database } from '@confab/db';
import type { Log } from '@confab/log';
import { connectPubsub, type Pubsub } from '@confab/pubsub';
import type { Connection, Context } from './context.ts';
import { refuseCrossSite } from './cross-site.ts';
import { appRouter, createCaller } from './router.ts';

export interface BackendOptions {
  readonly mongodbUri: string;
  /** Overrides the database named in the URI. */
  readonly dbName?: string;
  readonly redisUrl: string;
  /** Prefixes every Redis key and channel. */
  readonly namespace: string;
  readonly log: Log;
  /** The origins under which browsers reach us; cookies are `Secure` when all of them are https. */
  readonly publicOrigins: readonly string[];
  /** For how many hours people may delete their own messages for everyone; 0: for ever. Core's default when absent. */
  readonly deleteWindowHours?: number;
  /** For benchmarks and tests: the database's client then reports every command. */
  readonly monitorCommands?: boolean;
  /** The server's clock; tests pass their own. */
  readonly now?: () => Date;
  /** For tests: how long things take. */
  readonly timing?: LiveTiming;
  /** For tests: stands between this process and Redis, and loses what it is told to. */
  readonly faultyPubsub?: (pubsub: Pubsub) => Pubsub;
}

/** What a request brings. */
export interface IncomingContext {
  readonly connection: Connection;
  readonly headers: IncomingHttpHeaders;
  /** The client's network address, as far as it can be trusted. */
  readonly clientAddress: string;
}

export interface Backend {
  readonly router: typeof appRouter;
  readonly core: Core;
  createContext(incoming: IncomingContext): Promise<Context>;
  /** Calls procedures in this process, for server components and tests. The signal ends subscriptions. */
  caller(context: Context, signal?: AbortSignal): ReturnType<typeof createCaller>;
  refuseCrossSite(method: string, headers: IncomingHttpHeaders): ConfabError | null;
  /** Calls back when this session ends, on whichever process. Resolves to how to stop watching. */
  watchSession(actor: Actor, onRevoked: () => void): Promise<() => Promise<void>>;
  /** Leases of this process's sockets. Only a process that holds sockets asks for it. */
  keepPresence(): PresenceKeeper;
  /**
   * Watches over what this process serves live: what Redis loses is found in the database, every 4 s unless told
   * otherwise. Only a process that holds sockets asks for it. Returns how to end it.
   */
  keepWatch(everyMs?: number): () => void;
  health(): Promise<Health>;
  close(): Promise<void>;
}

export interface Health {
  /** Without the database nothing can be answered; without Redis messages are late, so that alone is not unhealthy. */
  readonly ok: boolean;
  readonly mongodb: 'ready' | 'away';
  readonly redis: 'ready' | 'away';
}

/** The one place where the parts are put together. Rejects when the database cannot be reached. */
export async function openBackend(options: BackendOptions): Promise<Backend> {
  const { log } = options;
  const [db, pubsub] = await openServices(options);
  const sessions = createSessions({
    store: db.sessions,
    onWriteFailed: (error) => {
      log.warn('session.writeFailed', { error });
    },
    ...(options.now && { clock: () => Number(options.now?.()) }),
  });
  const passwords = createPasswords();
  const { now, deleteWindowHours } = options;
  const core = createCore({
    db,
    pubsub,
    passwords,
    sessions,
    log,
    timing: options.timing,
    ...(now && { now }),
    ...(deleteWindowHours !== undefined && { deleteWindowMs: deleteWindowHours * 3_600_000 }),
  });
  const janitor = createChangeJanitor(core);
  const secure = options.publicOrigins.every((origin) => origin.startsWith('https://'));

  return {
    router: appRouter,
    core,
    async createContext({ connection, headers, clientAddress }) {
      const token = readSessionToken({ cookie: headers.cookie, authorization: headers.authorization });
      const valid = token === null ? null : await sessions.validate(token);
      return {
        core,
        connection,
        origin: { address: clientAddress, userAgent: headers['user-agent']?.slice(0, 256) ?? '' },
        actor: valid && { userId: valid.user.id, name: valid.user.name, sessionId: valid.session.id },
        sessionExpiresAt: valid?.session.expiresAt ?? null,
        keepSession: (kept) => {
          setCookie(
            connection,
            kept === null ? clearedSessionCookie({ secure }) : sessionCookie(kept, { secure }),
          );
        },
      };
    },
    caller: (context, signal) => createCaller(context, signal && { signal }),
    refuseCrossSite: (method, headers) => refuseCrossSite(options.publicOrigins, { method, headers }),
    watchSession: (actor, onRevoked) => watchSession(core, actor, onRevoked),
    keepPresence: () => createPresenceKeeper(core),
    keepWatch: (everyMs) => keepWatch(core, everyMs),
    health: () => checkHealth(db, pubsub),
    async close() {
      janitor.close();
      core.senderMarks.flush();
      await core.background.settled();
      await Promise.all([pubsub.close(), db.close()]);
    },
  };
}

/** Only the answer to an HTTP request carries cookies. */
function setCookie(connection: Connection, cookie: string): void {
  if (connection.transport !== 'http') {
    throw new ConfabError('BAD_INPUT', { message: 'This is possible over HTTP only.' });
  }
  connection.setCookie(cookie);
}

async function openServices(options: BackendOptions): Promise<[Database, Pubsub]> {
  const { mongodbUri, redisUrl, namespace, log, dbName, monitorCommands = false } = options;
  const sound = await connectPubsub({ url: redisUrl, namespace, log });
  const pubsub = options.faultyPubsub?.(sound) ?? sound;
  try {
    const db = await connectDatabase({
      uri: mongodbUri,
      log,
      monitorCommands,
      ...(dbName !== undefined && { dbName }),
    });
    return [db, pubsub];
  } catch (error) {
    await pubsub.close();
    throw error;
  }
}

async function checkHealth(db: Database, pubsub: Pubsub): Promise<Health> {
  const mongodb = await db.ping().then(
    () => 'ready' as const,
    () => 'away' as const,
  );
  const { commands, subscriber } = pubsub.status();
  const redis = commands === 'ready' && subscriber === 'ready' ? 'ready' : 'away';
  return { ok: mongodb === 'ready', mongodb, redis };
}
