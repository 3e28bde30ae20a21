import type { Sessions } from '@confab/auth';
import type { Log } from '@confab/log';
import type { Pubsub, Unsubscribe } from '@confab/pubsub';

interface Watched {
  readonly userId: string;
  readonly sessionId: string;
}

/**
 * The sessions behind this process's sockets. That one has ended is told by Redis at once, and found by asking the
 * database where Redis could not tell.
 */
export class SessionWatch {
  readonly #parts: { readonly pubsub: Pubsub; readonly sessions: Sessions; readonly log: Log };
  readonly #watching = new Map<string, Set<() => void>>();
  /** Of sockets that have just opened. */
  #unchecked = new Set<string>();

  constructor(parts: { pubsub: Pubsub; sessions: Sessions; log: Log }) {
    this.#parts = parts;
  }

  /** Calls back when this session ends, wherever it is ended; perhaps more than once. Resolves to how to stop. */
  async watch({ userId, sessionId }: Watched, onEnded: () => void): Promise<Unsubscribe> {
    const callbacks = this.#watching.get(sessionId) ?? new Set();
    // One of its own for each call: a function may watch twice, and stop once.
    const callback = () => {
      onEnded();
    };
    this.#watching.set(sessionId, callbacks.add(callback));
    const leave = await this.#parts.pubsub.subscribeUser(userId, (event) => {
      if (event.type === 'session.revoked' && event.sessionId === sessionId) callback();
    });
    // It may have ended between its check at the upgrade and the confirmation of the channel.
    this.#checkSoon(sessionId);
    return async () => {
      callbacks.delete(callback);
      if (callbacks.size === 0 && this.#watching.get(sessionId) === callbacks) {
        this.#watching.delete(sessionId);
      }
      await leave();
    };
  }

  /** Asks the database about every session that is watched: one query per 1,000. Returns how many had ended. */
  recheck(): Promise<number> {
    return this.#endDead([...this.#watching.keys()]);
  }

  /** Sockets that open together are asked about together. */
  #checkSoon(sessionId: string): void {
    this.#unchecked.add(sessionId);
    if (this.#unchecked.size > 1) return;
    setImmediate(() => {
      const ids = [...this.#unchecked];
      this.#unchecked = new Set();
      this.#endDead(ids).catch((error: unknown) => {
        this.#parts.log.warn('session.checkFailed', { error });
      });
    });
  }

  async #endDead(sessionIds: readonly string[]): Promise<number> {
    if (sessionIds.length === 0) return 0;
    const living = await this.#parts.sessions.living(sessionIds);
    const dead = sessionIds.filter((id) => !living.has(id) && this.#watching.has(id));
    for (const id of dead) for (const onEnded of this.#watching.get(id) ?? []) onEnded();
    return dead.length;
  }
}
