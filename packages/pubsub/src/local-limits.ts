import { gcra, type Rate } from './gcra.ts';

/** Some 10 MB. Beyond, the oldest keys are forgotten: Redis still knows them. */
const keysMax = 100_000;

/** The limits as this process alone has seen them, in memory that is bounded. */
export class LocalLimits {
  readonly #clock: () => number;
  readonly #fullAt = new Map<string, number>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#fullAt.size;
  }

  /** Takes `cost` points, or gives back a negative cost. Returns the milliseconds to wait; 0 is granted. */
  take(key: string, rate: Rate, cost: number): number {
    const now = this.#clock();
    const result = gcra(rate, { fullAt: this.#fullAt.get(key), now, cost });
    if ('waitMs' in result) return result.waitMs;
    if (result.fullAt > now) this.#set(key, result.fullAt);
    else this.#fullAt.delete(key);
    return 0;
  }

  /** What taking one point would answer. */
  peek(key: string, rate: Rate): number {
    const result = gcra(rate, { fullAt: this.#fullAt.get(key), now: this.#clock(), cost: 1 });
    return 'waitMs' in result ? result.waitMs : 0;
  }

  #set(key: string, fullAt: number): void {
    this.#fullAt.delete(key);
    this.#fullAt.set(key, fullAt);
    if (this.#fullAt.size > keysMax) this.#shrink();
  }

  /** To nine tenths at most, so that this scan is rare. */
  #shrink(): void {
    const now = this.#clock();
    for (const [key, fullAt] of this.#fullAt) if (fullAt <= now) this.#fullAt.delete(key);
    for (const key of this.#fullAt.keys()) {
      if (this.#fullAt.size <= keysMax * 0.9) return;
      this.#fullAt.delete(key);
    }
  }
}
