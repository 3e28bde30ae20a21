import type { Clock } from './clock.ts';

const firstPauseMs = 250;
const pauseMaxMs = 5_000;

/** The pause before a retry: doubled by every failure up to 5 s, half of it random so that clients spread out. */
export function pauseMs(failures: number, random: number): number {
  const whole = Math.min(pauseMaxMs, firstPauseMs * 2 ** (failures - 1));
  return whole * (0.5 + random / 2);
}

/** One thing that is tried again until it works. */
export class Backoff {
  readonly #clock: Clock;
  #failures = 0;
  #cancelTimer: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get waiting(): boolean {
    return this.#cancelTimer !== null;
  }

  /** Calls back after the next pause, or after the one that the server asked for. */
  again(callback: () => void, retryAfterMs: number | null): void {
    this.#cancelTimer?.();
    this.#failures += 1;
    this.#cancelTimer = this.#clock.setTimer(
      () => {
        this.#cancelTimer = null;
        callback();
      },
      retryAfterMs ?? pauseMs(this.#failures, this.#clock.random()),
    );
  }

  /** Ends the wait; the next failure counts as the first one. */
  reset(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#failures = 0;
  }
}
