import { pauseMs } from './pause-ms.ts';

/**
 * The pause before each attempt to open a socket again, jittered and growing, unless something promises that the next
 * attempt succeeds: a browser that is back online, a page that is looked at again.
 */
export class ReconnectPause {
  readonly #random: (() => number) | undefined;
  #failures: number | null = null;
  #end: (() => void) | null = null;
  #closed = false;

  constructor(random?: () => number) {
    this.#random = random;
  }

  /** Before an attempt; the first one waits for nothing. @throws Error once closed: no attempt is to be made */
  async before(): Promise<void> {
    const failures = this.#failures;
    this.#failures = failures === null ? 0 : failures + 1;
    if (failures === null) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs(failures, this.#random));
      this.#end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#end = null;
    if (this.#closed) throw new Error('closed');
  }

  /** The server said something. To be opened alone is no success: one that refuses a socket opens it, and closes it. */
  answered(): void {
    this.#failures = 0;
  }

  /** Ends the pause that is under way. */
  wake(): void {
    this.#end?.();
  }

  close(): void {
    this.#closed = true;
    this.wake();
  }
}
