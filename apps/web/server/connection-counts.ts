import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { addressKey, CountByKey } from '@confab/api';
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
  /** Of each that was let in: ends its being counted. */
  readonly #counted = new Map<Socket, () => void>();

  /** @param isProxy peers that hold connections for many people, and are counted among all only */
  constructor(
    http: Server,
    { bounds, isProxy, log }: { bounds: ConnectionBounds; isProxy: (socket: Socket) => boolean; log: Log },
  ) {
    const ofPeer = new CountByKey(bounds.perAddressMax);
    const uncounted = () => undefined;
    http.on('connection', (socket: Socket) => {
      const { remoteAddress = '' } = socket;
      const leave = isProxy(socket) ? uncounted : ofPeer.enter(addressKey(remoteAddress));
      if (leave === null || this.#counted.size >= bounds.max) {
        leave?.();
        log.warn('connection.refused', { address: remoteAddress, connections: this.#counted.size });
        refuseConnection(socket, {
          details: { code: leave === null ? 'RATE_LIMITED' : 'UNAVAILABLE', retryAfterMs },
          message: 'There are too many connections.',
        });
        return;
      }
      this.#counted.set(socket, leave);
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
    this.#counted.get(socket)?.();
    this.#counted.delete(socket);
  }
}
