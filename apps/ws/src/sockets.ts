import { randomUUID } from 'node:crypto';
import type { Backend, Context } from '@confab/api';
import { limits } from '@confab/contract';
import type { Log } from '@confab/log';
import type { WebSocket } from 'ws';

/** Close codes of ours; clients decide by them whether coming back makes sense. */
export const closeCodes = {
  /** The session ended: sign in again. */
  sessionEnded: 4401,
  /** No valid first message in time. */
  unauthenticated: 4408,
  tooManyConnections: 4429,
  /** More calls in one frame than a batch has. RFC 6455, 7.4.1: policy violation. */
  tooManyCalls: 1008,
  /** This process is going away: connect again, elsewhere. RFC 6455's registry: service restart. */
  restarting: 1012,
} as const;

interface SocketsOptions {
  readonly backend: Backend;
  readonly log: Log;
  /** Between two rounds of the watchdog. */
  readonly watchEveryMs?: number;
}

/** The signed-in sockets of this process: their leases, their sessions, and how many each user has. */
export class Sockets {
  readonly #backend: Backend;
  readonly #log: Log;
  readonly #presence: ReturnType<Backend['keepPresence']>;
  readonly #stopWatch: () => void;
  readonly #countByUser = new Map<string, number>();

  constructor({ backend, log, watchEveryMs }: SocketsOptions) {
    this.#backend = backend;
    this.#log = log;
    this.#presence = backend.keepPresence();
    this.#stopWatch = backend.keepWatch(watchEveryMs);
  }

  /** From its authorisation to its close. */
  admit(socket: WebSocket, { actor }: Context): void {
    if (!actor) {
      socket.close(closeCodes.unauthenticated, 'not signed in');
      return;
    }
    const { userId } = actor;
    const count = (this.#countByUser.get(userId) ?? 0) + 1;
    if (count > limits.connectionsPerUserMax) {
      socket.close(closeCodes.tooManyConnections, 'too many connections');
      return;
    }
    this.#countByUser.set(userId, count);
    const lease = { userId, connectionId: randomUUID() };
    this.#log.info('socket.opened', lease);
    void this.#presence.connected(lease);
    const watching = this.#backend.watchSession(actor, () => {
      socket.close(closeCodes.sessionEnded, 'session ended');
    });
    watching.catch((error: unknown) => {
      this.#log.warn('socket.watchFailed', { userId, error });
    });
    socket.once('close', (code) => {
      this.#log.info('socket.closed', { ...lease, code });
      this.#forget(userId);
      void this.#presence.disconnected(lease);
      void watching.then(
        (stop) => stop(),
        () => undefined,
      );
    });
  }

  async close(): Promise<void> {
    this.#stopWatch();
    await this.#presence.close();
  }

  #forget(userId: string): void {
    const count = (this.#countByUser.get(userId) ?? 1) - 1;
    if (count > 0) this.#countByUser.set(userId, count);
    else this.#countByUser.delete(userId);
  }
}
