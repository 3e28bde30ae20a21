import { ConfabError } from '@confab/contract';
import { Backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { Epoch } from './epoch.ts';
import { outcomeOf, type Failure } from './failure.ts';

export interface FetchHost<Answer extends { readonly epoch: string }> {
  readonly clock: Clock;
  readonly epoch: Epoch;
  ask(input: { conversationId: string }): Promise<Answer>;
  found(conversationId: string, answer: Answer): void;
  /** The conversation is not ours, or no longer. */
  lost(conversationId: string): void;
}

/** `dropped`: what was answered no longer counted. */
type Outcome = Failure | null | 'dropped';

interface Fetch {
  /** How often it was asked for: once more during a request, whose answer may then lack what happened since. */
  asked: number;
  readonly backoff: Backoff;
  running: Promise<Outcome> | null;
}

/** Fetches something about single conversations: one request at a time for each, however many ask. */
export class ConversationFetch<Answer extends { readonly epoch: string }> {
  readonly #host: FetchHost<Answer>;
  readonly #fetches = new Map<string, Fetch>();

  constructor(host: FetchHost<Answer>) {
    this.#host = host;
  }

  /** For a caller who wants to know: until there is an answer that counts. Rejects with a `ConfabError`. */
  async once(conversationId: string): Promise<void> {
    let failure: Outcome;
    do failure = await this.#join(conversationId);
    while (failure === 'dropped');
    if (failure !== null) throw new ConfabError(failure.code, { message: failure.message });
  }

  /** Tries until there is an answer; resolves after the first attempt. */
  async ensure(conversationId: string): Promise<void> {
    const fetch = this.#of(conversationId);
    if (fetch.backoff.waiting) return;
    const failure = await this.#join(conversationId);
    const isOver = this.#fetches.get(conversationId) !== fetch || fetch.backoff.waiting;
    if (failure === null || failure === 'dropped' || isOver) return;
    fetch.backoff.again(() => void this.ensure(conversationId), failure.retryAfterMs);
  }

  /** Drops an answer under way. */
  cancel(conversationId: string): void {
    this.#fetches.get(conversationId)?.backoff.reset();
    this.#fetches.delete(conversationId);
  }

  cancelAll(): void {
    for (const conversationId of [...this.#fetches.keys()]) this.cancel(conversationId);
  }

  #of(conversationId: string): Fetch {
    const known = this.#fetches.get(conversationId);
    if (known !== undefined) return known;
    const fetch = { asked: 0, backoff: new Backoff(this.#host.clock), running: null };
    this.#fetches.set(conversationId, fetch);
    return fetch;
  }

  #join(conversationId: string): Promise<Outcome> {
    const fetch = this.#of(conversationId);
    fetch.asked += 1;
    fetch.running ??= this.#run(conversationId, fetch);
    return fetch.running;
  }

  async #run(conversationId: string, fetch: Fetch): Promise<Outcome> {
    for (;;) {
      const { asked } = fetch;
      const outcome = await outcomeOf(() => this.#host.ask({ conversationId }));
      if (this.#fetches.get(conversationId) !== fetch) return 'dropped';
      const failure = 'failure' in outcome ? outcome.failure : null;
      if ('value' in outcome) {
        // A mismatch has cancelled every fetch: the list, compared again, tells what is ours.
        if (!this.#host.epoch.accepts(outcome.value.epoch)) return 'dropped';
        this.#host.found(conversationId, outcome.value);
      }
      const isAnswer = failure === null || failure.code === 'NOT_FOUND';
      if (isAnswer && asked !== fetch.asked) continue;
      fetch.running = null;
      if (isAnswer) this.cancel(conversationId);
      if (failure?.code === 'NOT_FOUND') this.#host.lost(conversationId);
      return failure;
    }
  }
}
