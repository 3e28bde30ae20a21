/** What is used of the Web Locks API. */
export interface LocksLike {
  request(
    name: string,
    options: { readonly steal?: boolean; readonly signal?: AbortSignal },
    callback: () => Promise<void>,
  ): Promise<unknown>;
}

export interface OutboxLockHost {
  readonly name: string;
  readonly locks: LocksLike | undefined;
  /** This tab sends from now on. */
  held(): void;
  /** Another tab sends from now on. */
  lost(): void;
}

/**
 * Which tab sends what is outgoing: one at a time, so that order holds and nothing is sent by each. The lock passes on
 * by itself when its tab closes or crashes. The tab in which somebody writes takes it: another one may be throttled in
 * the background, or cut off. Both then think for a moment that they send; client ids make that harmless.
 */
export class OutboxLock {
  readonly #host: OutboxLockHost;
  #holds = false;
  #started = false;
  #taking = false;
  /** Ends the request that waits for its turn. */
  #queued: AbortController | null = null;
  #release: (() => void) | null = null;

  constructor(host: OutboxLockHost) {
    this.#host = host;
  }

  /** Without Web Locks every tab sends what it keeps itself. */
  get isShared(): boolean {
    return this.#host.locks !== undefined;
  }

  get holds(): boolean {
    return this.#holds || !this.isShared;
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    if (this.isShared) this.#wait();
    else this.#host.held();
  }

  /** Takes it from whichever tab holds it. */
  take(): void {
    if (!this.#started || this.holds || this.#taking) return;
    this.#taking = true;
    this.#queued?.abort();
    this.#queued = null;
    void this.#request({ steal: true });
  }

  stop(): void {
    this.#started = false;
    this.#taking = false;
    this.#queued?.abort();
    this.#queued = null;
    this.#holds = false;
    this.#release?.();
    this.#release = null;
  }

  #wait(): void {
    this.#queued = new AbortController();
    void this.#request({ signal: this.#queued.signal });
  }

  async #request(options: { steal?: boolean; signal?: AbortSignal }): Promise<void> {
    const { locks, name } = this.#host;
    try {
      await locks?.request(name, options, () => this.#hold());
    } catch (error) {
      // Rejects when aborted by us, and when another tab took the lock.
      if (options.signal?.aborted === true || !this.#started) return;
      this.#taking = false;
      this.#release = null;
      if (error instanceof Error && error.name === 'AbortError') {
        this.#holds = false;
        this.#host.lost();
        this.#wait();
      } else {
        // The browser refuses its locks here: as without them, each tab sends its own.
        this.#holds = true;
        this.#host.held();
      }
    }
  }

  #hold(): Promise<void> {
    if (!this.#started) return Promise.resolve();
    this.#taking = false;
    this.#queued = null;
    this.#holds = true;
    return new Promise((resolve) => {
      this.#release = resolve;
      this.#host.held();
    });
  }
}
