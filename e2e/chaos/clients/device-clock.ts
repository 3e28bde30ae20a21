import type { Random } from '../random.ts';

interface Timer {
  readonly callback: () => void;
  readonly handle: NodeJS.Timeout;
}

/** A device's own idea of the time. It may jump, and it may sleep through its timers. */
export class DeviceClock {
  readonly #random: Random;
  readonly #timers = new Set<Timer>();
  #offsetMs = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  readonly now = (): number => Date.now() + this.#offsetMs;

  readonly random = (): number => this.#random.next();

  readonly setTimer = (callback: () => void, ms: number): (() => void) => {
    const timer: Timer = {
      callback,
      handle: setTimeout(() => {
        this.#timers.delete(timer);
        callback();
      }, ms),
    };
    this.#timers.add(timer);
    return () => {
      clearTimeout(timer.handle);
      this.#timers.delete(timer);
    };
  };

  /** Somebody sets the clock. */
  jump(ms: number): void {
    this.#offsetMs += ms;
  }

  /** The device wakes up: time has passed, and whatever was due in it happens at once. */
  wake(ms: number): void {
    this.#offsetMs += ms;
    const due = [...this.#timers];
    this.#timers.clear();
    for (const { handle } of due) clearTimeout(handle);
    for (const { callback } of due) callback();
  }

  stop(): void {
    for (const { handle } of this.#timers) clearTimeout(handle);
    this.#timers.clear();
  }
}
