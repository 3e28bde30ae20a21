import type { IncomingHttpHeaders } from 'node:http';
import {
  type CookieNames,
  createCookies,
  createPasswords,
  createSessions,
  hashToken,
  type PasswordsOptions,
  type Sessions,
  type ValidSession,
} from '@confab/auth';
import { ConfabError, limits } from '@confab/contract';
import {
  type Actor,
  addressKey,
  type Core,
  createChangeJanitor,
  createCore,
  createPresenceKeeper,
  keepWatch,
  type LiveTiming,
  type PresenceKeeper,
  type RefusedAccess,
  watchSession,
} from '@confab/core';
import { answeredWithin, connectDatabase, type Database, type GateBounds, inScope } from '@confab/db';
import type { Log } from '@confab/log';
import { connectPubsub, type Pubsub } from '@confab/pubsub';
import { admit } from './admission.ts';
import type { Connection, Context } from './context.ts';
import { refuseCrossSite } from './cross-site.ts';
import { forAMoment } from './for-a-moment.ts';
import { checkHealth, type Health, type ServiceStates, serviceStates } from './health.ts';
import { namedAccount, requireNamedAccount } from './require-named-account.ts';
import { requestOriginReader } from './request-origin.ts';
import { appRouter, createCaller } from './router.ts';
import { SeenSessions } from './seen-sessions.ts';

export interface BackendOptions {
  readonly mongodbUri: string;
  /** Overrides the database named in the URI. */
  readonly dbName?: string;
  readonly redisUrl: string;
  /** Prefixes every Redis key and channel. */
  readonly namespace: string;
  readonly log: Log;
  /** The origins under which browsers reach us. */
  readonly publicOrigins: readonly string[];
  /** So many accounts at once may be made from one address. Core's default when absent. */
  readonly registrationsPerAddress?: number;
  /** For tests: counts, or holds back, the hashing of passwords. */
  readonly argon2?: PasswordsOptions['argon2'];
  /** For how many hours people may delete their own messages for everyone; 0: for ever. Core's default when absent. */
  readonly deleteWindowHours?: number;
  /** For benchmarks and tests: the database's client then reports every command. */
  readonly monitorCommands?: boolean;
  /** The server's clock; tests pass their own. */
  readonly now?: () => Date;
  /** For tests: how long things take. */
  readonly timing?: LiveTiming;
  /** For tests: what stands before the database's driver. */
  readonly operations?: GateBounds;
  /** For tests: stands between this process and Redis, and loses what it is told to. */
  readonly faultyPubsub?: (pubsub: Pubsub) => Pubsub;
}

/** What a request brings. */
export interface IncomingContext {
  readonly connection: Connection;
  readonly headers: IncomingHttpHeaders;
  /** The client's network address, as far as it can be trusted. */
  readonly clientAddress: string;
  /** The account that the page behind it was opened for, by id; by default as the headers say. */
  readonly account?: string | null;
}

export interface Backend {
  readonly router: typeof appRouter;
  readonly core: Core;
  /**
   * @throws ConfabError OTHER_ACCOUNT: the session belongs to somebody else than the account that is named; RATE_LIMITED:
   * too many sessions that are none were shown by this address
   */
  createContext(incoming: IncomingContext): Promise<Context>;
  /** What the cookies of this installation are called under the origin that a request came in by. */
  cookieNames(headers: IncomingHttpHeaders): CookieNames;
  /**
   * To be asked before anything is done for an HTTP request.
   * @throws ConfabError RATE_LIMITED
   */
  admit(request: { path: string; headers: IncomingHttpHeaders }, clientAddress: string): Promise<void>;
  /** Notes that somebody was refused access before the router was reached. */
  noteRefusal(refused: RefusedAccess): void;
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
  /** As of the last second: however many ask, the database is asked once in it. */
  health(): Promise<Health>;
  /** What this process knows of the services behind it, without asking them. */
  services(): ServiceStates;
  close(): Promise<void>;
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
  const passwords = createPasswords({ ...(options.argon2 && { argon2: options.argon2 }) });
  const { now, deleteWindowHours, registrationsPerAddress } = options;
  const core = createCore({
    db,
    pubsub,
    passwords,
    sessions,
    log,
    timing: options.timing,
    ...(now && { now }),
    ...(registrationsPerAddress !== undefined && { registrationsPerAddress }),
    ...(deleteWindowHours !== undefined && { deleteWindowMs: deleteWindowHours * 3_600_000 }),
  });
  const janitor = createChangeJanitor(core);
  const cookies = createCookies(db.installation, requestOriginReader(options.publicOrigins));
  const seen = new SeenSessions();
  const tokenOf = (headers: IncomingHttpHeaders) => cookies.read(headers).token;

  return {
    router: appRouter,
    core,
    async createContext({ connection, headers, clientAddress, account = namedAccount(headers) }) {
      const { token, carried, toKeep } = cookies.read(headers);
      const valid = await findSession({ core, sessions, seen }, { token, connection, clientAddress });
      const actor = valid && { userId: valid.user.id, name: valid.user.name, sessionId: valid.session.id };
      requireNamedAccount(account, actor);
      const isDead = token !== null && valid === null;
      return {
        core,
        connection,
        origin: { address: clientAddress, userAgent: headers['user-agent']?.slice(0, 256) ?? '' },
        carried,
        actor,
        revokedOwnerId: isDead ? await db.revokedSessions.ownerOf(hashToken(token)) : null,
        sessionExpiresAt: valid?.session.expiresAt ?? null,
        keepSession: (signedIn) => {
          for (const cookie of toKeep(signedIn)) setCookie(connection, cookie);
        },
      };
    },
    cookieNames: cookies.names,
    admit: ({ path, headers }, address) =>
      admit({ core, seen }, { path, token: tokenOf(headers), address, bodyBytes: bodyBytesOf(headers) }),
    noteRefusal: (refused) => {
      core.refusals.note(refused);
    },
    caller: (context, signal) => createCaller(context, signal && { signal }),
    refuseCrossSite: (method, headers) => refuseCrossSite(options.publicOrigins, { method, headers }),
    watchSession: (actor, onRevoked) => watchSession(core, actor, onRevoked),
    keepPresence: () => createPresenceKeeper(core),
    keepWatch: (everyMs) => keepWatch(core, everyMs),
    health: forAMoment(() => checkHealth(db, pubsub), { keptMs: healthKeptMs }),
    services: () => serviceStates(db, pubsub),
    async close() {
      janitor.close();
      core.senderMarks.flush();
      await core.background.settled();
      await Promise.all([pubsub.close(), db.close()]);
    },
  };
}

const healthKeptMs = 1_000;

interface Shown {
  readonly token: string | null;
  readonly connection: Connection;
  readonly clientAddress: string;
}

/** The session that a token opens. One that is none costs a query, so it is charged to the address that showed it. */
async function findSession(
  { core, sessions, seen }: { core: Core; sessions: Sessions; seen: SeenSessions },
  { token, connection, clientAddress }: Shown,
): Promise<ValidSession | null> {
  if (token === null) return null;
  const key = addressKey(clientAddress);
  const isSeen = seen.whose(token) !== null;
  if (!isSeen) await core.limits.strangers.consume(key);
  const signal = connection.transport === 'server' ? undefined : connection.closed;
  const found = inScope({ key, kind: 'read', signal }, () => sessions.validate(token));
  const valid = await answeredWithin(limits.sessionLookupMs, found);
  seen.note(token, valid?.user.id ?? null);
  if (valid && !isSeen) await core.limits.strangers.refund(key);
  return valid;
}

/** As a request says before its body is read. */
function bodyBytesOf(headers: IncomingHttpHeaders): number {
  if (headers['transfer-encoding'] !== undefined) return Infinity;
  const bytes = Number(headers['content-length'] ?? 0);
  return Number.isSafeInteger(bytes) ? bytes : Infinity;
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
      operations: options.operations,
      ...(dbName !== undefined && { dbName }),
    });
    return [db, pubsub];
  } catch (error) {
    await pubsub.close();
    throw error;
  }
}
