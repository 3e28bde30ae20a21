import { ConfabError, type LiveEvent } from '@confab/contract';
import { Bell } from './bell.ts';
import { judge } from './failure.ts';
import type { Live } from './live.ts';
import { pauseMs } from './transport/pause-ms.ts';

interface WatchOptions {
  readonly onEvent: (event: LiveEvent) => void;
  /** Whoever watches ends it by this. */
  readonly signal?: AbortSignal | undefined;
}

/** One reader of live events: asks what it misses for as long as it takes, until something ends it. */
export class Watch implements Disposable {
  readonly #live: Live;
  readonly #bell = new Bell();
  readonly #end = new Bell();
  readonly #signal: AbortSignal | undefined;
  readonly #unlisten: () => void;
  #asking: AbortController | null = null;

  constructor(live: Live, { onEvent, signal }: WatchOptions) {
    this.#live = live;
    this.#signal = signal;
    this.#unlisten = live.listen({
      onEvent: (event) => {
        onEvent(event);
        this.#bell.ring();
      },
      onEnded: this.#onEnded,
    });
    signal?.addEventListener('abort', this.#onEnded);
  }

  hasEnded(): boolean {
    return this.#live.ended !== null || this.#signal?.aborted === true;
  }

  /** Resolves with the next event, at the end, or after so many milliseconds. */
  async changed(withinMs?: number): Promise<void> {
    if (!this.hasEnded()) await this.#bell.heard(withinMs);
  }

  /**
   * Asks until there is an answer; null when the end came first. One question at a time.
   * @throws ConfabError that asking again would not change
   */
  async ask<T>(question: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
    for (let failures = 0; !this.hasEnded(); failures += 1) {
      const asking = (this.#asking = new AbortController());
      try {
        return await question(asking.signal);
      } catch (error) {
        if (this.hasEnded()) return null;
        const { final, retryAfterMs } = judge(error);
        if (final instanceof ConfabError && final.code === 'UNAUTHENTICATED') this.#live.end(final);
        if (final !== null) throw final;
        await this.#end.heard(retryAfterMs ?? pauseMs(failures));
      }
    }
    return null;
  }

  [Symbol.dispose](): void {
    this.#unlisten();
    this.#signal?.removeEventListener('abort', this.#onEnded);
  }

  readonly #onEnded = (): void => {
    this.#asking?.abort();
    this.#bell.ring();
    this.#end.ring();
  };
}
