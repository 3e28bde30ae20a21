import { randomUUID } from 'node:crypto';
import { type Backend, type Context, CountByKey } from '@confab/api';
import { limits } from '@confab/contract';
import type { Log } from '@confab/log';
import { closeCodes } from './close-codes.ts';
import { retryReason } from './guard/close-codes.ts';
import type { GuardedSocket } from './guard/guarded-socket.ts';

/** Who has too many connections waits for one of them to end, or for a dead one's lease to count no more. */
const connectionsRetryMs = 10_000;

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
  readonly #ofUser = new CountByKey(limits.connectionsPerUserMax);

  constructor({ backend, log, watchEveryMs }: SocketsOptions) {
    this.#backend = backend;
    this.#log = log;
    this.#presence = backend.keepPresence();
    this.#stopWatch = backend.keepWatch(watchEveryMs);
  }

  /** From its authorisation to its close. False: it is closed, or closes. */
  admit(socket: GuardedSocket, { actor }: Context): boolean {
    if (socket.closed.aborted) return false;
    if (!actor) {
      socket.close(closeCodes.unauthenticated, 'not signed in');
      return false;
    }
    const { userId } = actor;
    // Over all processes their leases tell, a moment later; this count stands when Redis is away.
    const leave = this.#ofUser.enter(userId);
    if (leave === null) {
      this.#refuse(socket, userId);
      return false;
    }
    socket.once('close', leave);
    if (!socket.belongsTo(userId)) return false;
    this.#hold(socket, userId);
    const watching = this.#backend.watchSession(actor, () => {
      socket.close(closeCodes.sessionEnded, 'session ended');
    });
    watching.catch((error: unknown) => {
      this.#log.warn('socket.watchFailed', { userId, error });
    });
    socket.once('close', () => {
      void watching.then(
        (stop) => stop(),
        () => undefined,
      );
    });
    return true;
  }

  async close(): Promise<void> {
    this.#stopWatch();
    await this.#presence.close();
  }

  /** Its lease. */
  #hold(socket: GuardedSocket, userId: string): void {
    const lease = { userId, connectionId: randomUUID() };
    this.#log.info('socket.opened', lease);
    socket.once('close', (code) => {
      this.#log.info('socket.closed', { ...lease, code });
      void this.#presence.disconnected(lease);
    });
    void this.#presence.connected(lease).then((isHeld) => {
      if (!isHeld) this.#refuse(socket, userId);
    });
  }

  #refuse(socket: GuardedSocket, userId: string): void {
    this.#log.warn('socket.refused', { reason: 'connections', userId });
    socket.close(closeCodes.tooMuch, retryReason(connectionsRetryMs));
  }
}
