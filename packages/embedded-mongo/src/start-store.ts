import { chmodSync, lstatSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { FailPoint } from './commands/fail-point.ts';
import { StartError } from './storage/data-lock.ts';
import { type Log, Store } from './storage/store.ts';
import { Connection } from './wire/connection.ts';

export interface StartOptions {
  readonly dataDir: string;
  /** 0: a free port. */
  readonly port?: number | undefined;
  /** Loopback only. Default 127.0.0.1. */
  readonly host?: string | undefined;
  /** A Unix socket's path, instead of a port. */
  readonly socket?: string | undefined;
  readonly log?: Log | undefined;
  readonly mapBytes?: number | undefined;
  readonly ttlIntervalMs?: number | undefined;
  /** Enables `configureFailPoint`; for tests. */
  readonly failPoints?: boolean | undefined;
}

export interface RunningStore {
  /** A MongoDB connection string. */
  readonly uri: string;
  /** 0 on a Unix socket. */
  readonly port: number;
  /** Stops accepting, finishes what is in flight, closes the data. */
  close(): Promise<void>;
}

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);
const connectionsMax = 1_000;

/** Opens a data directory and serves it. Throws StartError; nothing is left open then. */
export async function startStore(options: StartOptions): Promise<RunningStore> {
  const host = options.host ?? '127.0.0.1';
  if (!loopback.has(host))
    throw new StartError('BAD_ARGUMENT', `host ${host} is not a loopback address`, { host });
  const log: Log = options.log ?? ((): void => undefined);
  const store = await Store.open({
    dataDir: options.dataDir,
    log,
    mapBytes: options.mapBytes,
    ttlIntervalMs: options.ttlIntervalMs,
  });
  const connections = new Set<Connection>();
  const failPoint = new FailPoint();
  let nextConnectionId = 1;
  const server = createServer((socket) => {
    if (connections.size >= connectionsMax) {
      socket.destroy();
      return;
    }
    const context = {
      store,
      failPoint,
      connectionId: nextConnectionId++,
      allowFailPoints: options.failPoints === true,
    };
    const connection = new Connection(socket, context);
    connections.add(connection);
    void connection.done.then(() => connections.delete(connection));
  });
  try {
    await listen(server, { host, port: options.port ?? 0, socket: options.socket });
  } catch (error) {
    await store.close();
    throw error;
  }
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    uri:
      options.socket === undefined
        ? uriOf(host, port)
        : `mongodb://${encodeURIComponent(options.socket)}/?directConnection=true`,
    port,
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      for (const connection of connections) connection.close();
      await Promise.all([...connections].map((connection) => connection.done));
      await closed;
      await store.close();
    },
  };
}

function uriOf(host: string, port: number): string {
  return `mongodb://${host.includes(':') ? `[${host}]` : host}:${port}/?directConnection=true`;
}

function listen(
  server: Server,
  at: { host: string; port: number; socket: string | undefined },
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const where = at.socket ?? `port ${at.port}`;
      reject(
        new StartError(
          taken ? 'PORT_TAKEN' : 'START_FAILED',
          taken ? `${where} is already in use` : error.message,
          { port: at.port },
        ),
      );
    });
    if (at.socket !== undefined) {
      const path = at.socket;
      // A socket that a crash left; anything else at the path is not ours to remove.
      if (lstatSync(path, { throwIfNoEntry: false })?.isSocket() === true) rmSync(path);
      server.listen(path, () => {
        chmodSync(path, 0o600);
        resolve();
      });
    } else {
      server.listen(at.port, at.host, () => {
        resolve();
      });
    }
  });
}
