import { ConfabError } from '@confab/contract';

export interface FairTurnsOptions {
  /** Turns at once. */
  readonly max: number;
  readonly waitingPerKeyMax: number;
  readonly waitingMax: number;
}

interface Waiting {
  start(): void;
}

/** Work that is done so many at a time. Who waits has a line of their own, and the lines are served in turn. */
export class FairTurns {
  readonly #options: FairTurnsOptions;
  /** Nobody's line is empty; a Map keeps the order in which they are served. */
  readonly #lines = new Map<string, Waiting[]>();
  #running = 0;
  #waiting = 0;

  constructor(options: FairTurnsOptions) {
    this.#options = options;
  }

  /**
   * Runs the work when it is its turn.
   * @param signal gives the place up before the work began, which then never happens
   * @throws ConfabError RATE_LIMITED (this key waits for too much), UNAVAILABLE (everybody does)
   */
  async run(key: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    if (this.#running >= this.#options.max) {
      const isMyTurn = await this.#wait(key, signal);
      if (!isMyTurn) return;
    } else {
      this.#running += 1;
    }
    try {
      await work();
    } finally {
      this.#running -= 1;
      this.#next();
    }
  }

  async #wait(key: string, signal: AbortSignal): Promise<boolean> {
    const line = this.#lines.get(key) ?? [];
    if (line.length >= this.#options.waitingPerKeyMax)
      throw new ConfabError('RATE_LIMITED', { retryAfterMs: 1_000 });
    if (this.#waiting >= this.#options.waitingMax)
      throw new ConfabError('UNAVAILABLE', { retryAfterMs: 1_000 });
    if (signal.aborted) return false;
    return new Promise((resolve) => {
      const giveUp = () => {
        this.#remove(key, waiting);
        resolve(false);
      };
      const waiting: Waiting = {
        start: () => {
          signal.removeEventListener('abort', giveUp);
          resolve(true);
        },
      };
      line.push(waiting);
      this.#lines.set(key, line);
      this.#waiting += 1;
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  #next(): void {
    const [first] = this.#lines;
    if (!first) return;
    const [key, line] = first;
    const waiting = line.shift();
    this.#lines.delete(key);
    // To the end: everybody else comes before this one again.
    if (line.length > 0) this.#lines.set(key, line);
    this.#waiting -= 1;
    this.#running += 1;
    waiting?.start();
  }

  #remove(key: string, waiting: Waiting): void {
    const line = this.#lines.get(key) ?? [];
    const at = line.indexOf(waiting);
    if (at < 0) return;
    line.splice(at, 1);
    this.#waiting -= 1;
    if (line.length === 0) this.#lines.delete(key);
  }
}
