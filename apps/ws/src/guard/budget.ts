import { type Rate, TokenBucket } from './token-bucket.ts';

/** What costs a server something, whatever comes of it. */
export type Spending = 'frames' | 'bytes' | 'subscriptions';
export type BudgetRates = Readonly<Record<Spending, Rate>>;

/** Whoever has spent it all comes back when half of it is there again: else they would be sent away once more at once. */
const shareToComeBack = 0.5;

/** What one spender may spend. */
export class Budget {
  readonly #buckets: Readonly<Record<Spending, TokenBucket>>;
  #resumesAtMs = 0;

  constructor(rates: BudgetRates, nowMs: number) {
    this.#buckets = {
      frames: new TokenBucket(rates.frames, nowMs),
      bytes: new TokenBucket(rates.bytes, nowMs),
      subscriptions: new TokenBucket(rates.subscriptions, nowMs),
    };
  }

  /** Returns 0, or the milliseconds to stay away for. */
  spend(on: Spending, cost: number, nowMs: number): number {
    const bucket = this.#buckets[on];
    if (bucket.take(cost, nowMs)) return 0;
    const waitMs = bucket.msUntil(shareToComeBack, nowMs);
    this.#resumesAtMs = Math.max(this.#resumesAtMs, nowMs + waitMs);
    return Math.max(1, waitMs);
  }

  /** For how long whoever has spent it all is still to stay away, in milliseconds. */
  restMs(nowMs: number): number {
    return Math.max(0, this.#resumesAtMs - nowMs);
  }

  /** Nothing is missing: it may be forgotten. */
  isFull(nowMs: number): boolean {
    return Object.values(this.#buckets).every((bucket) => bucket.msUntil(1, nowMs) === 0);
  }
}
