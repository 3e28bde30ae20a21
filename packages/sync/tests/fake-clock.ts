import type { Clock } from '../src/clock.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly callback: () => void;
}

/** Lets everything that only waits for promises run. */
export async function drain(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
}

/** Time that moves only when a test says so. */
export class FakeClock implements Clock {
  readonly #timers = new Set<Timer>();
  #now = Date.UTC(2030, 0, 1);
  #order = 0;
  readonly random = (): number => 0.5;

  readonly now = (): number => this.#now;

  readonly setTimer = (callback: () => void, ms: number): (() => void) => {
    this.#order += 1;
    const timer = { at: this.#now + ms, order: this.#order, callback };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  };

  get pending(): number {
    return this.#timers.size;
  }

  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await drain();
    for (let next = this.#next(); next !== null && next.at <= end; next = this.#next())
      await this.#fire(next);
    this.#now = end;
  }

  /** Until no timer is left; throws when that never comes. */
  async runOut(firingsMax: number): Promise<void> {
    await drain();
    for (let firings = 0; firings < firingsMax; firings += 1) {
      const next = this.#next();
      if (next === null) return;
      await this.#fire(next);
    }
    throw new Error(`${String(this.#timers.size)} timers keep running`);
  }

  async #fire(timer: Timer): Promise<void> {
    this.#timers.delete(timer);
    this.#now = timer.at;
    timer.callback();
    await drain();
  }

  #next(): Timer | null {
    let next: Timer | null = null;
    for (const timer of this.#timers) {
      if (next === null || timer.at < next.at || (timer.at === next.at && timer.order < next.order))
        next = timer;
    }
    return next;
  }
}
