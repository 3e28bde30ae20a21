import type { Conversation, ConversationPage } from '@confab/contract';
import { Backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { Epoch } from './epoch.ts';
import { outcomeOf, type Failure } from './failure.ts';

export interface HeadsHost {
  readonly clock: Clock;
  readonly epoch: Epoch;
  listConversations(input: { cursor?: string }): Promise<ConversationPage>;
  /** An attempt begins: live events are held back, for what the list says may be older than they are. */
  begun(): void;
  /** Takes the list in; resolves once what lay behind it was pulled. */
  apply(conversations: ReadonlyMap<string, Conversation>): Promise<void>;
  compared(): void;
  /** There was no list this time; another attempt follows. */
  failed(): void;
}

/** Compares what this device holds with the whole conversation list. A newer comparison replaces the one before. */
export class Heads {
  readonly #host: HeadsHost;
  readonly #backoff: Backoff;
  #run = 0;

  constructor(host: HeadsHost) {
    this.#host = host;
    this.#backoff = new Backoff(host.clock);
  }

  compare(): void {
    this.cancel();
    void this.#attempt(this.#run);
  }

  cancel(): void {
    this.#run += 1;
    this.#backoff.reset();
  }

  async #attempt(run: number): Promise<void> {
    this.#host.begun();
    const outcome = await this.#list(run);
    if (run !== this.#run || outcome === null) return;
    if ('failure' in outcome) {
      this.#host.failed();
      this.#backoff.again(() => void this.#attempt(run), outcome.failure.retryAfterMs);
      return;
    }
    await this.#host.apply(outcome);
    if (run === this.#run) this.#host.compared();
  }

  /**
   * All pages; null when superseded. Activity while paging moves conversations to pages already read, so one may
   * come twice (the later answer counts) or not at all: `apply` may not take absence for the last word.
   */
  async #list(run: number): Promise<ReadonlyMap<string, Conversation> | { failure: Failure } | null> {
    const found = new Map<string, Conversation>();
    let cursor: string | null = null;
    do {
      const input: { cursor?: string } = cursor === null ? {} : { cursor };
      const outcome = await outcomeOf(() => this.#host.listConversations(input));
      if (run !== this.#run) return null;
      if ('failure' in outcome) return outcome;
      // A mismatch has begun another comparison.
      if (!this.#host.epoch.accepts(outcome.value.epoch)) return null;
      for (const conversation of outcome.value.conversations) found.set(conversation.id, conversation);
      cursor = outcome.value.nextCursor;
    } while (cursor !== null);
    return found;
  }
}
