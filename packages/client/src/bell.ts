/** Wakes whoever waits. A ring that nobody waits for is gone: look at what may have changed, and wait at once. */
export class Bell {
  readonly #waiting = new Set<() => void>();

  ring(): void {
    for (const wake of this.#waiting) wake();
  }

  /** Resolves with the next ring, or after so many milliseconds. */
  heard(withinMs?: number): Promise<void> {
    return new Promise((resolve) => {
      this.#wait(resolve, withinMs);
    });
  }

  /** What the promise resolves to; null when a ring, or the end of the time, came first. */
  orHeard<T>(promise: Promise<T>, withinMs: number): Promise<T | null> {
    return new Promise((resolve, reject) => {
      const stop = this.#wait(() => {
        resolve(null);
      }, withinMs);
      promise.then(resolve, reject).finally(stop);
    });
  }

  /** Returns how to wait no longer. */
  #wait(wake: () => void, withinMs?: number): () => void {
    const once = () => {
      clearTimeout(timer);
      this.#waiting.delete(once);
      wake();
    };
    const timer = withinMs === undefined ? undefined : setTimeout(once, withinMs);
    this.#waiting.add(once);
    return once;
  }
}
