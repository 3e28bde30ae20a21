/**
 * Events on their way to one reader. Bounded: a reader that does not keep up costs at most `max` events of memory;
 * then all of them give way to one `overflow` event, after which the reader starts over.
 */
export class EventQueue<T> {
  readonly #max: number;
  readonly #overflow: T;
  #events: T[] = [];
  #wake: (() => void) | null = null;

  constructor({ max, overflow }: { max: number; overflow: T }) {
    this.#max = max;
    this.#overflow = overflow;
  }

  push(event: T): void {
    if (this.#events.length >= this.#max) this.#events = [this.#overflow];
    else this.#events.push(event);
    this.#wake?.();
  }

  /** Yields events in order until the signal aborts. */
  async *read(signal: AbortSignal): AsyncGenerator<T, void, undefined> {
    const wake = () => this.#wake?.();
    signal.addEventListener('abort', wake, { once: true });
    try {
      while (!signal.aborted) {
        const events = this.#events;
        this.#events = [];
        yield* events;
        if (this.#events.length === 0) await this.#nextPush(signal);
      }
    } finally {
      signal.removeEventListener('abort', wake);
    }
  }

  #nextPush(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      this.#wake = () => {
        this.#wake = null;
        resolve();
      };
    });
  }
}
