import type { Pubsub } from '@confab/pubsub';
import type { LiveTiming } from '../live/live.ts';

/**
 * How long after a doubt is over what Redis says counts again: by then every process is connected again (≤2 s) and has
 * found its leases gone and made them anew (≤2 s).
 */
const settleMs = 5_000;

/**
 * `redis`: changes may be missed. `answers`: it did not answer. `leases`: those of this process may be gone, and so
 * those of others.
 */
export type PresenceDoubt = 'redis' | 'answers' | 'leases';

/** Whether what Redis says about presence can be believed. Where it cannot, presence is unknown: nobody is offline. */
export class PresenceTrust {
  readonly #doubts = new Set<PresenceDoubt>();
  readonly #listeners = new Set<() => void>();
  readonly #pubsub: Pubsub;
  readonly #settleMs: number;
  #known = true;
  #settling: NodeJS.Timeout | undefined;

  constructor(pubsub: Pubsub, { presenceSettleMs = settleMs }: Pick<LiveTiming, 'presenceSettleMs'> = {}) {
    this.#pubsub = pubsub;
    this.#settleMs = presenceSettleMs;
    if (pubsub.status().subscriber === 'away') this.doubt('redis');
    pubsub.onLost(() => {
      this.doubt('redis');
    });
    pubsub.onResubscribed(() => {
      this.settle('redis');
    });
  }

  get known(): boolean {
    return this.#known;
  }

  doubt(reason: PresenceDoubt): void {
    this.#doubts.add(reason);
    clearTimeout(this.#settling);
    this.#turn(false);
  }

  /** This doubt is over. */
  settle(reason: PresenceDoubt): void {
    if (this.#doubts.delete(reason) && this.#doubts.size === 0) this.#knowLater();
  }

  /** Two connections lead to Redis: the one that asks may come back later than the one that listens. */
  #knowLater(): void {
    this.#settling = setTimeout(() => {
      if (this.#pubsub.status().commands === 'ready') this.#turn(true);
      else this.#knowLater();
    }, this.#settleMs).unref();
  }

  /** Returns how to stop listening. */
  onChange(listener: () => void): () => void {
    const entry = () => {
      listener();
    };
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  #turn(known: boolean): void {
    if (this.#known === known) return;
    this.#known = known;
    for (const listener of [...this.#listeners]) listener();
  }
}
