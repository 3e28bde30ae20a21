import { pauseMs } from './pause-ms.ts';

/** A server that asks for more is not taken at its word. */
const askedMaxMs = 60_000;
/** Those who were sent away together do not come back together: up to so much later than they were asked to. */
const askedSpread = 0.25;

/**
 * The pause before each attempt to open a socket again, jittered and growing, unless something promises that the next
 * attempt succeeds: a browser that is back online, a page that is looked at again. Where the server said when to come
 * back, nothing promises that earlier.
 */
export class ReconnectPause {
  readonly #random: (() => number) | undefined;
  #failures: number | null = null;
  #end: (() => void) | null = null;
  #endedBy: 'woken' | 'closed' = 'woken';
  #closed = false;
  #askedMs: number | null = null;

  constructor(random?: () => number) {
    this.#random = random;
  }

  /** Before an attempt; the first one waits for nothing. @throws Error once closed: no attempt is to be made */
  async before(): Promise<void> {
    const failures = this.#failures;
    this.#failures = failures === null ? 0 : failures + 1;
    if (failures === null) return;
    const asked = this.#askedMs;
    this.#askedMs = null;
    if (asked === null) await this.#pause(pauseMs(failures, this.#random), { ends: 'woken' });
    else await this.#pause(asked * (1 + (this.#random ?? Math.random)() * askedSpread), { ends: 'closed' });
    if (this.#closed) throw new Error('closed');
  }

  /** The server asked for so many milliseconds before the next attempt. */
  ask(retryAfterMs: number): void {
    this.#askedMs = Math.min(askedMaxMs, Math.max(0, retryAfterMs));
  }

  /** The server said something. To be opened alone is no success: one that refuses a socket opens it, and closes it. */
  answered(): void {
    this.#failures = 0;
  }

  /** Ends the pause that is under way, unless the server asked for it. */
  wake(): void {
    if (this.#endedBy === 'woken') this.#end?.();
  }

  close(): void {
    this.#closed = true;
    this.#end?.();
  }

  async #pause(ms: number, { ends }: { readonly ends: 'woken' | 'closed' }): Promise<void> {
    this.#endedBy = ends;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#end = null;
  }
}
