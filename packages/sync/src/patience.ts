import type { Clock } from './clock.ts';

export interface PatienceHost extends Pick<Clock, 'now' | 'setTimer'> {
  /** How many milliseconds a failed call was asked to wait; null for any other failure. */
  waitOf(error: unknown): number | null;
}

/** Longer than any budget takes to come back: whoever waits wants to know. */
const waitMaxMs = 60_000;

/**
 * Calls whose caller need not know that the server asked for patience. Once it did, they go one after the other, in
 * order, each when it is due, until nobody waits any more: all at once they would be refused together again.
 */
export class Patience {
  readonly #host: PatienceHost;
  #dueAt = 0;
  #waiting = 0;
  #line: Promise<unknown> = Promise.resolve();
  /** Ends every wait. */
  readonly #ends = new Set<() => void>();
  #life = 0;

  constructor(host: PatienceHost) {
    this.#host = host;
  }

  /** Settles as the call does that was not asked to wait. Rejects when it is stopped before. */
  async ask<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    if (this.#waiting > 0) return this.#inLine(call);
    try {
      return await call();
    } catch (error) {
      this.#note(error);
      return this.#inLine(call);
    }
  }

  /** Nothing is asked any more of what waits now. */
  stop(): void {
    this.#life += 1;
    this.#dueAt = 0;
    for (const end of this.#ends) end();
  }

  async #inLine<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    const life = this.#life;
    this.#waiting += 1;
    const turn = this.#line.then(() => this.#persist(call, life));
    this.#line = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.#waiting -= 1;
    }
  }

  async #persist<Answer>(call: () => Promise<Answer>, life: number): Promise<Answer> {
    for (;;) {
      const waitMs = this.#dueAt - this.#host.now();
      if (waitMs > 0) await this.#wait(waitMs);
      if (life !== this.#life) throw new Error('stopped while the server asked for patience');
      try {
        return await call();
      } catch (error) {
        this.#note(error);
      }
    }
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        cancel();
        this.#ends.delete(end);
        resolve();
      };
      const cancel = this.#host.setTimer(end, ms);
      this.#ends.add(end);
    });
  }

  /** @throws what does not ask for patience */
  #note(error: unknown): void {
    const waitMs = this.#host.waitOf(error);
    if (waitMs === null || waitMs > waitMaxMs) throw error;
    this.#dueAt = Math.max(this.#dueAt, this.#host.now() + waitMs);
  }
}
