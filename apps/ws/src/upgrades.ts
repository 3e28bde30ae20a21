import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { addressKey, type Backend, type Context, CountByKey } from '@confab/api';
import { limits } from '@confab/contract';
import type { Log } from '@confab/log';
import { type WebSocket, WebSocketServer } from 'ws';
import { authorizeUpgrade, type RefusalReason } from './authorize-upgrade.ts';
import { closeCodes } from './close-codes.ts';
import type { Guard } from './guard/create-guard.ts';
import { GuardedSocket } from './guard/guarded-socket.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import { SocketConnection } from './socket-connection.ts';
import type { Sockets } from './sockets.ts';

/** A socket from the answer to its upgrade on. */
export interface Opening {
  readonly socket: GuardedSocket;
  readonly connection: SocketConnection;
  readonly clientAddress: string;
  /** Null: a token is to come. */
  readonly context: Context | null;
  /** The token came, and is good. */
  authenticated(): void;
}

interface UpgradesOptions {
  readonly backend: Backend;
  readonly log: Log;
  readonly publicOrigins: readonly string[];
  readonly clientAddress: (request: IncomingMessage) => string;
  readonly authenticationTimeoutMs?: number;
  readonly sockets: Sockets;
  readonly guard: Guard;
}

interface Asking {
  readonly request: IncomingMessage;
  readonly net: Duplex;
  readonly head: Buffer;
}

/** Of each socket; the types of ws do not know all of them. */
const bounds = {
  /** By then whoever was told to go has read it, or will not. */
  closeTimeout: 2_000,
  /** Browsers send a message in few parts, if in parts at all; and networks bring one in few packets. */
  maxFragments: 64,
  maxBufferedChunks: 1_024,
};

interface Upgrades {
  readonly wss: WebSocketServer;
  /** By the request that each socket began with. */
  readonly openings: WeakMap<IncomingMessage, Opening>;
}

/** Makes guarded sockets of a server's upgrade requests, of those that may have one. Nothing that a client sends throws. */
export function serveUpgrades(http: Server, options: UpgradesOptions): Upgrades {
  // Compression is off: frames are small, and shared frames are to be written to many sockets as they are.
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytesMax,
    ...bounds,
    perMessageDeflate: false,
    WebSocket: options.guard.socketClass,
  });
  const upgrades = new UpgradeHandler(wss, options);
  http.on('upgrade', (request: IncomingMessage, net: Duplex, head: Buffer) => {
    net.on('error', () => net.destroy());
    upgrades.handle({ request, net, head }).catch((error: unknown) => {
      options.log.error('socket.upgradeFailed', { error });
      // Whether the answer has begun is not known here.
      if (net.destroyed) return;
      if (upgrades.openings.has(request)) net.destroy();
      else refuseUpgrade(net, null);
    });
  });
  return { wss, openings: upgrades.openings };
}

class UpgradeHandler {
  readonly openings = new WeakMap<IncomingMessage, Opening>();
  readonly #wss: WebSocketServer;
  readonly #options: UpgradesOptions;
  readonly #unauthenticated = new CountByKey(limits.unauthenticatedSocketsPerAddressMax);

  constructor(wss: WebSocketServer, options: UpgradesOptions) {
    this.#wss = wss;
    this.#options = options;
  }

  async handle(asking: Asking): Promise<void> {
    const { request, net } = asking;
    const { backend, publicOrigins } = this.#options;
    const clientAddress = this.#options.clientAddress(request);
    const connection = new SocketConnection();
    net.once('close', () => {
      connection.left();
    });
    const asked = { request, clientAddress, connection };
    const decision = await authorizeUpgrade(backend, publicOrigins, asked);
    if (!decision.admitted) {
      if (decision.reason === 'otherAccount') this.#closeForeign(asking, clientAddress);
      else this.#refuse(net, decision.reason, clientAddress);
      return;
    }
    const { context } = decision;
    // Left meanwhile.
    if (net.destroyed) return;
    const authenticated = context ? () => undefined : this.#unauthenticated.enter(addressKey(clientAddress));
    if (authenticated === null) {
      this.#refuse(net, 'unauthenticatedSockets', clientAddress);
      return;
    }
    net.once('close', authenticated);
    this.#accept(asking, (socket) => ({ socket, connection, clientAddress, context, authenticated }));
  }

  #accept({ request, net, head }: Asking, open: (socket: GuardedSocket) => Opening): void {
    this.#wss.handleUpgrade(request, net, head, (webSocket: WebSocket) => {
      if (!(webSocket instanceof GuardedSocket)) throw new TypeError('a socket without a guard');
      const socket = webSocket;
      const opening = open(socket);
      // Read once more by tRPC's adapter, which throws for what is no URL.
      request.url = opening.context ? '/ws' : '/ws?connectionParams=1';
      request.headers.host = 'ws.invalid';
      this.openings.set(request, opening);
      this.#begin(opening, net);
      if (!opening.context) this.#closeInTime(opening);
      else if (!this.#options.sockets.admit(socket, opening.context)) return;
      this.#wss.emit('connection', socket, request);
    });
  }

  #begin({ socket, connection }: Opening, net: Duplex): void {
    const { guard, log } = this.#options;
    socket.on('error', (error) => {
      // A frame that breaks the protocol or is too large: ws answers with the right code and closes.
      log.warn('socket.failed', { error });
    });
    socket.guard(net);
    guard.watch(socket);
    connection.opened(socket);
  }

  #closeInTime({ socket }: Opening): void {
    const timer = setTimeout(() => {
      if (!socket.isSomebodys) socket.close(closeCodes.unauthenticated, 'no token in time');
    }, this.#options.authenticationTimeoutMs ?? 5_000);
    socket.once('close', () => {
      clearTimeout(timer);
    });
  }

  /** Opened only to be told apart: browsers hide the status of an upgrade that is refused, and tell the code of a close. */
  #closeForeign({ request, net, head }: Asking, address: string): void {
    this.#options.log.warn('socket.refused', { reason: 'otherAccount', address });
    this.#wss.handleUpgrade(request, net, head, (socket) => {
      socket.on('error', () => {
        socket.terminate();
      });
      socket.close(closeCodes.otherAccount, 'opened for another account');
    });
  }

  #refuse(net: Duplex, reason: Exclude<RefusalReason, 'otherAccount'>, address: string): void {
    const status = refuseUpgrade(net, reason);
    this.#options.log.warn('socket.refused', { reason, status, address });
  }
}
