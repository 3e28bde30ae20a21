import { randomBytes } from 'node:crypto';
import { type Backend, type BackendOptions, type Connection, type Context, openBackend } from '@confab/api';
import type { HintEvent, LiveEvent } from '@confab/contract';
import { createLog } from '@confab/log';
import { inject } from 'vitest';
import { type Browser, openBrowser } from './browser.ts';
import { type LiveFeed, liveFeed } from './live-feed.ts';
import './provided-context.ts';

/** Somebody with an account, and the router as they reach it. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly password: string;
  /** Of their session: for a cookie or a Bearer header. */
  readonly token: string;
  /** The `Cookie` header of their browser. */
  readonly cookie: string;
  /** Calls procedures as this person, in the first process. */
  readonly api: ReturnType<Backend['caller']>;
  /** The same over another process. */
  via(backend: Backend): Promise<ReturnType<Backend['caller']>>;
  /** Their durable events, live, on a process (the first by default) until the feed is disposed of. */
  events(backend?: Backend): LiveFeed<LiveEvent>;
  hints(backend?: Backend): LiveFeed<HintEvent>;
}

/** A database and a Redis namespace of its own on the real services, with processes that share them. */
export interface World extends AsyncDisposable {
  readonly backend: Backend;
  readonly dbName: string;
  readonly namespace: string;
  /** Another process of the product, as far as the database and Redis can tell, with faults of its own. */
  process(faults?: Faults): Promise<Backend>;
  /** Registers somebody by the front door and signs them in. */
  person(name: string): Promise<Person>;
  /** Calls procedures as nobody. */
  anonymous(options?: {
    setCookie?: (cookie: string) => void;
    address?: string;
  }): Promise<ReturnType<Backend['caller']>>;
  /** A browser with nothing in it, by default at an address of its own. */
  browser(address?: string): Browser;
}

/** See BackendOptions. */
export type Faults = Pick<BackendOptions, 'timing' | 'faultyPubsub' | 'operations'>;

/** Faults given here are those of the first process, and of others that are given none. */
export interface WorldOptions extends Faults {
  readonly now?: () => Date;
  readonly publicOrigins?: readonly string[];
  readonly deleteWindowHours?: number;
  readonly registrationsPerAddress?: number;
  readonly argon2?: BackendOptions['argon2'];
  /** The database's clients then report every command. */
  readonly monitorCommands?: boolean;
  /** Told every line of the log; by default nothing is logged. */
  readonly logTo?: (line: string) => void;
  /** Defaults to the run's own. */
  readonly redisUrl?: string;
  /** Defaults to the run's own. */
  readonly mongodbUri?: string;
}

const password = 'correct horse battery';

/** The origin under which the tests' browsers reach the product. */
export const testOrigin = 'http://localhost:3000';

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  if (options.now && options.now().getTime() < Date.now() - 60_000)
    throw new RangeError(
      'a world lives today or later: the database removes what has expired by its own clock',
    );
  const name = `test_${randomBytes(6).toString('hex')}`;
  const backends: Backend[] = [];
  const process = async ({ timing, faultyPubsub, operations }: Faults = options) => {
    const backend = await openBackend({
      ...(timing && { timing }),
      ...(faultyPubsub && { faultyPubsub }),
      ...(operations && { operations }),
      mongodbUri: options.mongodbUri ?? inject('mongodbUri'),
      redisUrl: options.redisUrl ?? inject('redisUrl'),
      dbName: name,
      namespace: name,
      log: createLog({
        service: 'test',
        level: options.logTo ? 'debug' : 'silent',
        ...(options.logTo && { destination: { write: options.logTo } }),
      }),
      publicOrigins: options.publicOrigins ?? [testOrigin],
      ...(options.now && { now: options.now }),
      ...(options.monitorCommands && { monitorCommands: true }),
      ...(options.argon2 && { argon2: options.argon2 }),
      ...(options.registrationsPerAddress !== undefined && {
        registrationsPerAddress: options.registrationsPerAddress,
      }),
      ...(options.deleteWindowHours !== undefined && { deleteWindowHours: options.deleteWindowHours }),
    });
    backends.push(backend);
    return backend;
  };
  const backend = await process();
  // Each registration comes from an address of its own: the limit per address is not what most tests are about.
  let addresses = 0;
  const nextAddress = () => `10.0.${String(addresses >> 8)}.${String(addresses++ & 255)}`;

  return {
    backend,
    dbName: name,
    namespace: name,
    process,
    person: (personName) => register(backend, personName, nextAddress()),
    async anonymous({ setCookie = () => undefined, address = nextAddress() } = {}) {
      const connection = { transport: 'http' as const, closed: new AbortController().signal, setCookie };
      return backend.caller(await backend.createContext({ connection, headers: {}, clientAddress: address }));
    },
    browser: (clientAddress = nextAddress()) => openBrowser(backend, { clientAddress }),
    async [Symbol.asyncDispose]() {
      await backend.core.db.connection.dropDatabase();
      await Promise.all(backends.map((open) => open.close()));
    },
  };
}

async function register(backend: Backend, name: string, clientAddress: string): Promise<Person> {
  const browser = openBrowser(backend, { clientAddress });
  const connection = {
    transport: 'http' as const,
    closed: new AbortController().signal,
    setCookie: () => undefined,
  };
  const door = await browser.api();
  const account = await door.auth.register({ name, email: `${mailbox(name)}@example.org`, password });
  const token = browser.cookies.get(backend.cookieNames({}).session);
  if (token === undefined) throw new Error('registration set no session cookie');
  const contextIn = (other: Backend, through: Connection = connection): Promise<Context> =>
    other.createContext({
      connection: through,
      headers: { authorization: `Bearer ${token}` },
      clientAddress,
    });
  const onSocket = async (other: Backend, signal: AbortSignal) =>
    other.caller(
      await contextIn(other, { transport: 'socket', closed: signal, subscriptions: new Set() }),
      signal,
    );
  return {
    id: account.id,
    name,
    password,
    token,
    cookie: browser.header(),
    api: backend.caller(await contextIn(backend)),
    via: async (other) => other.caller(await contextIn(other)),
    events: (other = backend) =>
      liveFeed(async function* (signal) {
        yield* await (await onSocket(other, signal)).live.events();
      }),
    hints: (other = backend) =>
      liveFeed(async function* (signal) {
        yield* await (await onSocket(other, signal)).live.hints();
      }),
  };
}

/** A part of an address for any name. */
function mailbox(name: string): string {
  return Buffer.from(name).toString('hex');
}
