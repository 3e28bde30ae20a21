import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { limits } from '@confab/contract';
import type { Log } from '@confab/log';
import { refuseConnection } from './refuse-connection.ts';

export interface ConnectionBounds {
  readonly perAddressMax: number;
  readonly max: number;
}

export const connectionBounds: ConnectionBounds = {
  perAddressMax: limits.httpConnectionsPerAddressMax,
  max: limits.httpConnectionsMax,
};

const retryAfterMs = 5_000;

/** Refuses connections beyond what one peer, or all of them, may hold. A connection that was upgraded counts no more. */
export class ConnectionCounts {
  readonly #byPeer = new Map<string, number>();
  readonly #counted = new Map<Socket, string>();

  /** @param isProxy peers that hold connections for many people, and are counted among all only */
  constructor(
    http: Server,
    { bounds, isProxy, log }: { bounds: ConnectionBounds; isProxy: (socket: Socket) => boolean; log: Log },
  ) {
    http.on('connection', (socket: Socket) => {
      const peer = isProxy(socket) ? '' : (socket.remoteAddress ?? '');
      const isTooMany = peer !== '' && (this.#byPeer.get(peer) ?? 0) >= bounds.perAddressMax;
      if (isTooMany || this.#counted.size >= bounds.max) {
        log.warn('connection.refused', { address: peer, connections: this.#counted.size });
        const code = isTooMany ? 'RATE_LIMITED' : 'UNAVAILABLE';
        refuseConnection(socket, {
          details: { code, retryAfterMs },
          message: 'There are too many connections.',
        });
        return;
      }
      this.#counted.set(socket, peer);
      this.#byPeer.set(peer, (this.#byPeer.get(peer) ?? 0) + 1);
      socket.once('close', () => {
        this.release(socket);
      });
    });
  }

  /** Whether the connection was let in; what a refused one sent is not answered. */
  has(socket: Socket): boolean {
    return this.#counted.has(socket);
  }

  /** It closed, or speaks no HTTP any more. */
  release(socket: Socket): void {
    const peer = this.#counted.get(socket);
    if (peer === undefined) return;
    this.#counted.delete(socket);
    const left = (this.#byPeer.get(peer) ?? 1) - 1;
    if (left > 0) this.#byPeer.set(peer, left);
    else this.#byPeer.delete(peer);
  }
}
