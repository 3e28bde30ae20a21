import type { Pace } from './pace.ts';

/** What an event weighs of which nothing more is known, in bytes. */
const smallEventBytes = 256;

interface Bounds<T> {
  readonly max: number;
  readonly bytesMax: number;
  readonly overflow: T;
}

/** What was taken is cut off when there is more of it than this, and more than of what waits. */
const takenMax = 64;

/**
 * Events on their way to one reader. Bounded by number and by bytes: what a reader does not take, or is too slow for,
 * costs no more; then all of it gives way to one `overflow` event, after which the reader starts over.
 */
export class EventQueue<T> {
  readonly #bounds: Bounds<T>;
  #events: T[] = [];
  /** Of each event, in bytes. */
  #weights: number[] = [];
  #next = 0;
  #bytes = 0;
  #wake: (() => void) | null = null;

  constructor(bounds: Bounds<T>) {
    this.#bounds = bounds;
  }

  /** What waits, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** `bytes`: about what the event weighs, where it may be much. */
  push(event: T, bytes = smallEventBytes): void {
    const { max, bytesMax, overflow } = this.#bounds;
    const waiting = this.#events.length - this.#next;
    // One event alone is never too much: it would not get smaller.
    if (waiting >= max || (waiting > 0 && this.#bytes + bytes > bytesMax)) {
      this.#clear();
      this.#add(overflow, smallEventBytes);
    } else {
      this.#add(event, bytes);
    }
    this.#wake?.();
  }

  /** Yields events in order, each when the reader has room for it, until the signal aborts. */
  async *read(signal: AbortSignal, pace?: Pace): AsyncGenerator<T, void, undefined> {
    const wake = () => this.#wake?.();
    signal.addEventListener('abort', wake, { once: true });
    try {
      while (!signal.aborted) {
        if (pace?.full) await pace.drained(signal);
        else if (this.#next < this.#events.length) yield this.#take();
        else await this.#nextPush(signal);
      }
    } finally {
      signal.removeEventListener('abort', wake);
    }
  }

  #add(event: T, bytes: number): void {
    this.#events.push(event);
    this.#weights.push(bytes);
    this.#bytes += bytes;
  }

  #take(): T {
    const event = this.#events[this.#next] as T;
    this.#bytes -= this.#weights[this.#next] ?? 0;
    this.#next += 1;
    if (this.#next === this.#events.length) this.#clear();
    else if (this.#next > takenMax && this.#next * 2 > this.#events.length) this.#cut();
    return event;
  }

  #cut(): void {
    this.#events = this.#events.slice(this.#next);
    this.#weights = this.#weights.slice(this.#next);
    this.#next = 0;
  }

  #clear(): void {
    this.#events = [];
    this.#weights = [];
    this.#next = 0;
    this.#bytes = 0;
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
