import { chmodSync, lstatSync, rmSync } from 'node:fs';
import type { IncomingMessage, Server } from 'node:http';
import {
  type AddressInfo,
  connect,
  createServer,
  type ListenOptions,
  type Server as NetServer,
} from 'node:net';
import type { Duplex } from 'node:stream';

/** Where ws listens: on a Unix socket, on TCP, or on both. */
export interface Listening {
  /** Its path. Only the user of this process reaches it, so what comes over it comes from web. */
  readonly socket?: string | undefined;
  readonly host: string;
  /** 0: a free one. Absent: none. */
  readonly port?: number | undefined;
}

/** The ways into one HTTP server. */
export class Listeners {
  readonly #http: Server;
  /** Accepts for it on TCP, when it listens on the socket itself. */
  readonly #tcp: NetServer;
  readonly #overTcp = new WeakSet<Duplex>();
  #socket: string | undefined;

  constructor(http: Server) {
    this.#http = http;
    this.#tcp = createServer({ allowHalfOpen: true, noDelay: true }, (connection) => {
      this.#overTcp.add(connection);
      http.emit('connection', connection);
    });
  }

  /** @throws Error when the port or the socket is in use, or when there is neither */
  async open({ socket, host, port }: Listening): Promise<void> {
    this.#socket = socket;
    if (socket !== undefined) {
      await removeStale(socket);
      await listen(this.#http, { path: socket });
      chmodSync(socket, 0o600);
    }
    if (port !== undefined) await listen(socket === undefined ? this.#http : this.#tcp, { host, port });
    if (!this.#http.listening) throw new Error('ws has neither a socket nor a port to listen on');
  }

  /** Of TCP; 0 without it. */
  get port(): number {
    const server = this.#socket === undefined ? this.#http : this.#tcp;
    return (server.address() as AddressInfo | null)?.port ?? 0;
  }

  cameOverSocket({ socket }: IncomingMessage): boolean {
    return this.#socket !== undefined && !this.#overTcp.has(socket);
  }

  /** Accepts nothing more; connections stay. */
  close(): void {
    this.#http.close();
    this.#tcp.close();
  }
}

function listen(server: NetServer, options: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** A killed process leaves its socket's file, and then nobody can listen there. One that is in use stays. */
async function removeStale(path: string): Promise<void> {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSocket() !== true) return;
  const inUse = await new Promise<boolean>((resolve) => {
    const connection = connect(path, () => {
      connection.destroy();
      resolve(true);
    });
    connection.once('error', () => {
      resolve(false);
    });
  });
  if (inUse) throw new Error(`another process listens on ${path}`);
  rmSync(path, { force: true });
}
