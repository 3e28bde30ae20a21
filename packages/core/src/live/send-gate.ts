import type { Log } from '@confab/log';

const beatEveryMs = 1_000;
/** Far longer than work ever keeps the event loop from a beat: this process was stopped meanwhile. */
const frozenAfterMs = 3_000;
const retryEveryMs = 1_000;

interface SendGateOptions {
  /** Checks again what this process believes about sessions and memberships. */
  readonly reauthorise: () => Promise<void>;
  /** Milliseconds that go on while a process is stopped. */
  readonly monotonicMs: () => number;
  readonly log: Log;
}

/**
 * Holds live events back where this process may have missed that somebody lost access: after it was frozen, and after
 * Redis was away. It opens when access was checked again; should the database not answer, it stays shut and asks again.
 */
export class SendGate {
  readonly #options: SendGateOptions;
  /** null: nobody keeps the beat, so its absence says nothing. */
  #lastBeatMs: number | null = null;
  #beats: NodeJS.Timeout | undefined;
  #opening: Promise<void> | null = null;
  #stopped = false;

  constructor(options: SendGateOptions) {
    this.#options = options;
  }

  start(): void {
    this.#lastBeatMs = this.#options.monotonicMs();
    this.#beats = setInterval(() => {
      this.#beat();
    }, beatEveryMs).unref();
  }

  stop(): void {
    clearInterval(this.#beats);
    this.#lastBeatMs = null;
    this.#stopped = true;
  }

  /** Whether events have to wait for {@link passed}. To be asked before each one. */
  get closed(): boolean {
    // An event can be read before the late beat is: sockets come before timers after a freeze.
    if (this.#lastBeatMs !== null) this.#beat();
    return this.#opening !== null;
  }

  async passed(): Promise<void> {
    while (this.#opening) await this.#opening;
  }

  /** Until access has been checked from now on. */
  shut(reason: 'frozen' | 'resubscribed'): void {
    this.#options.log.info('gate.shut', { reason });
    const opening = this.#reauthorise().then(() => {
      if (this.#opening === opening) this.#opening = null;
    });
    this.#opening = opening;
  }

  #beat(): void {
    const nowMs = this.#options.monotonicMs();
    const late = this.#lastBeatMs !== null && nowMs - this.#lastBeatMs > frozenAfterMs;
    this.#lastBeatMs = nowMs;
    if (late) this.shut('frozen');
  }

  async #reauthorise(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#options.reauthorise();
        return;
      } catch (error) {
        this.#options.log.warn('gate.checkFailed', { error });
        await new Promise((resolve) => setTimeout(resolve, retryEveryMs).unref());
      }
    }
  }
}
