import type { Entry, MessagePage, MessagePull } from '@confab/contract';
import type { Epoch } from './epoch.ts';
import { outcomeOf, type Outcome } from './failure.ts';
import { rangeOfPage, type Range } from './range.ts';
import type { Rules } from './rules.ts';
import type { Wanted } from './stretch-range.ts';
import type { TimelineState } from './timeline.ts';

export interface CatchUpHost {
  readonly rules: Rules;
  readonly epoch: Epoch;
  page(input: { conversationId: string } & Partial<Wanted>): Promise<MessagePage>;
  pull(input: { conversationId: string; after: number }): Promise<MessagePull>;
  /** Entries of the log were seen, in whatever answer. */
  seen(conversationId: string, entries: readonly Entry[]): void;
  /** An answer says that the conversation is not ours. It may be older than our joining: ask again. */
  doubt(conversationId: string): void;
  /** Up to where the reader has read. */
  readSeqOf(conversationId: string): number;
}

interface CaughtUp {
  readonly answer: MessagePull | MessagePage;
  readonly rangeAfter: (range: Range) => Range;
  readonly more: boolean;
  /** So much was missed that the range begins anew: where somebody who is looking goes on reading; null at its end. */
  readonly leap?: { readonly stretch: Range | null };
}

/** Brings a timeline up to what was heard of: one pull after the other, one under way for each. */
export class CatchUp {
  readonly #host: CatchUpHost;

  constructor(host: CatchUpHost) {
    this.#host = host;
  }

  /** Joins the pull under way: what was heard meanwhile makes it ask again. */
  pull(state: TimelineState): Promise<void> {
    if (state.pull !== null) return state.pull.done;
    if (state.backoff.waiting) return Promise.resolve();
    const token = Symbol('pull');
    const done = this.#run(state, token).then(() => {
      if (state.pull?.token === token) state.pull = null;
    });
    state.pull = { token, done };
    return done;
  }

  async #run(state: TimelineState, token: symbol): Promise<void> {
    const { conversationId } = state;
    while (state.range !== null) {
      const outcome = await this.#ask(conversationId, state.range.cursor, state);
      if (state.pull?.token !== token) return;
      if ('failure' in outcome) {
        state.backoff.again(() => void this.pull(state), outcome.failure.retryAfterMs);
        if (outcome.failure.code === 'NOT_FOUND') this.#host.doubt(conversationId);
        return;
      }
      const { answer, rangeAfter, more, leap } = outcome.value;
      if (!this.#host.epoch.accepts(answer.epoch)) return;
      state.backoff.reset();
      state.pass(answer.entries);
      state.range = rangeAfter(state.range);
      if (leap !== undefined) state.leap(leap.stretch);
      state.settle();
      this.#host.seen(conversationId, answer.entries);
      if (!this.#host.rules.needsMore(more, state.range.cursor, state.heard)) return;
    }
  }

  /** Asks for what follows, or for the newest page when that is too much. */
  async #ask(conversationId: string, after: number, state: TimelineState): Promise<Outcome<CaughtUp>> {
    const { rules } = this.#host;
    const isFar = rules.isFar(after, state.heard);
    state.heard = 0;
    return outcomeOf(async () => {
      if (isFar) return this.#leap(state);
      const answer = await this.#host.pull({ conversationId, after });
      const rangeAfter = (range: Range) => rules.applyPull(range, answer);
      return { answer, rangeAfter, more: answer.more };
    });
  }

  /**
   * The newest page; and for whoever is looking, what lies around their read mark. That is read after the page: what
   * the log then says of it lies above the page's cursor, and arrives.
   */
  async #leap(state: TimelineState): Promise<CaughtUp> {
    const { conversationId } = state;
    const answer = await this.#host.page({ conversationId });
    const range = rangeOfPage(answer);
    const leap = { answer, rangeAfter: () => range, more: false };
    const rev = this.#host.readSeqOf(conversationId);
    const isAtEnd = range.low <= Math.max(range.from, rev + 1);
    if (!state.stretch.view.observed || isAtEnd) return { ...leap, leap: { stretch: null } };
    const { rules } = this.#host;
    const { before, limit } = rules.wantedAround(rev, range);
    const page = await this.#host.page({ conversationId, before, limit });
    return { ...leap, leap: { stretch: rules.stretchOfPage({ before, page, passed: [] }) } };
  }
}
