import { errorTable, type Entry, type MessagePage, type MessagePull } from '@confab/contract';
import type { Epoch } from './epoch.ts';
import { outcomeOf, type Failure } from './failure.ts';
import { rangeOfPage, trimOldest } from './range.ts';
import type { Rules } from './rules.ts';
import { TimelineState, type TimelineSources } from './timeline.ts';

/** A conversation that nobody looks at keeps at most so many entries; then the newest half. */
const unseenEntriesMax = 1_000;

const notFound: Failure = {
  code: 'NOT_FOUND',
  message: errorTable.NOT_FOUND.sentence,
  retryable: false,
  retryAfterMs: null,
};

export interface TimelinesHost extends TimelineSources {
  readonly rules: Rules;
  readonly epoch: Epoch;
  page(input: { conversationId: string; before?: number }): Promise<MessagePage>;
  pull(input: { conversationId: string; after: number }): Promise<MessagePull>;
  /** Entries of the log were seen, in whatever answer. */
  seen(conversationId: string, entries: readonly Entry[]): void;
  /** An answer says that the conversation is not ours. It may be older than our joining: ask again. */
  doubt(conversationId: string): void;
  /** The highest rev that the list tells of. */
  headOf(conversationId: string): number;
}

/** Every timeline of this device: loads pages, takes live entries in, pulls what is missing. */
export class Timelines {
  readonly #host: TimelinesHost;
  readonly #states = new Map<string, TimelineState>();

  constructor(host: TimelinesHost) {
    this.#host = host;
  }

  /** The conversations of which entries are held, or asked for. */
  get openIds(): readonly string[] {
    const open = [...this.#states.values()].filter(
      ({ status }) => status === 'ready' || status === 'loading',
    );
    return open.map((state) => state.conversationId);
  }

  of(conversationId: string): TimelineState {
    const known = this.#states.get(conversationId);
    if (known !== undefined) return known;
    const state = new TimelineState(conversationId, this.#host);
    this.#states.set(conversationId, state);
    return state;
  }

  open(conversationId: string): void {
    const state = this.of(conversationId);
    if (state.status === 'idle' || state.status === 'failed') void this.#load(state);
  }

  async loadOlder(conversationId: string): Promise<void> {
    const state = this.#states.get(conversationId);
    const range = state?.range ?? null;
    if (state === undefined || range === null || range.low <= range.from) return;
    if (state.olderStatus === 'loading') return;
    const { life } = state;
    const before = range.low;
    state.olderStatus = 'loading';
    state.view.invalidate();
    const outcome = await outcomeOf(() => this.#host.page({ conversationId, before }));
    if (life !== state.life || state.range === null) return;
    state.olderStatus = 'failure' in outcome ? 'failed' : 'idle';
    state.view.invalidate();
    if ('failure' in outcome) {
      if (outcome.failure.code === 'NOT_FOUND') this.#host.doubt(conversationId);
    } else if (this.#host.epoch.accepts(outcome.value.epoch)) {
      state.range = this.#host.rules.prependPage(state.range, before, outcome.value);
      this.#host.seen(conversationId, outcome.value.entries);
    }
  }

  /** Entries that the log is known to hold: a live event's, or the answer to a send. */
  receive(conversationId: string, entries: readonly Entry[]): void {
    const state = this.#states.get(conversationId);
    if (state === undefined) return;
    if (state.range !== null) {
      const { range, gap } = this.#host.rules.append(state.range, entries);
      state.range = range;
      if (gap) state.keepAhead(entries.filter((entry) => entry.rev > range.cursor));
      this.#settle(state);
      if (gap) void this.#pull(state);
    } else if (state.status === 'loading') {
      state.keepAhead(entries);
    }
    state.view.invalidate();
  }

  /** The list was heard about this conversation. Resolves once caught up with it, or after a first failure. */
  async compareHead(conversationId: string): Promise<void> {
    const state = this.#states.get(conversationId);
    if (state === undefined) return;
    const head = this.#host.headOf(conversationId);
    if (state.range === null || !this.#host.rules.isBehind(state.range.cursor, head)) return;
    state.heard = Math.max(state.heard, head);
    await this.#pull(state);
  }

  /** The conversation is ours, or ours again: what failed is tried once more. */
  revive(conversationId: string): void {
    const state = this.#states.get(conversationId);
    if (state?.status === 'failed') this.#reload(state);
  }

  /** We are no longer in it. */
  drop(conversationId: string): void {
    this.#states.get(conversationId)?.clear('failed', notFound);
  }

  /** Another epoch: cursors and ranges mean nothing any more. */
  forget(): void {
    for (const state of this.#states.values()) {
      if (state.status !== 'idle') this.#reload(state);
    }
  }

  /** A pull under way may never be answered; the heads compared at the next connection ask for it again. */
  disconnect(): void {
    for (const state of this.#states.values()) state.abandonPull();
  }

  stop(): void {
    for (const state of this.#states.values()) state.clear('idle', null);
  }

  #reload(state: TimelineState): void {
    if (state.view.observed) void this.#load(state);
    else state.clear('idle', null);
  }

  async #load(state: TimelineState): Promise<void> {
    const { conversationId } = state;
    state.clear('loading', null);
    const { life } = state;
    const outcome = await outcomeOf(() => this.#host.page({ conversationId }));
    if (life !== state.life) return;
    if ('failure' in outcome) {
      state.clear('failed', outcome.failure);
      if (outcome.failure.code === 'NOT_FOUND') this.#host.doubt(conversationId);
      return;
    }
    const page = outcome.value;
    if (!this.#host.epoch.accepts(page.epoch)) return;
    state.range = rangeOfPage(page);
    state.status = 'ready';
    const { heard } = state;
    this.#settle(state);
    this.#host.seen(conversationId, page.entries);
    // Between the page's read and its arrival the list may have been compared, or events may have been missed.
    if (state.range.cursor < heard) void this.#pull(state);
    void this.compareHead(conversationId);
  }

  /** Joins the pull under way: what was heard meanwhile makes it ask again. */
  #pull(state: TimelineState): Promise<void> {
    if (state.pull !== null) return state.pull.done;
    if (state.backoff.waiting) return Promise.resolve();
    const token = Symbol('pull');
    const done = this.#catchUp(state, token).then(() => {
      if (state.pull?.token === token) state.pull = null;
    });
    state.pull = { token, done };
    return done;
  }

  async #catchUp(state: TimelineState, token: symbol): Promise<void> {
    const { conversationId } = state;
    while (state.range !== null) {
      const after = state.range.cursor;
      state.heard = 0;
      const outcome = await outcomeOf(() => this.#host.pull({ conversationId, after }));
      if (state.pull?.token !== token) return;
      if ('failure' in outcome) {
        state.backoff.again(() => void this.#pull(state), outcome.failure.retryAfterMs);
        if (outcome.failure.code === 'NOT_FOUND') this.#host.doubt(conversationId);
        return;
      }
      const answer = outcome.value;
      if (!this.#host.epoch.accepts(answer.epoch)) return;
      state.backoff.reset();
      state.range = this.#host.rules.applyPull(state.range, answer);
      this.#settle(state);
      this.#host.seen(conversationId, answer.entries);
      if (!this.#host.rules.needsMore(answer, state.range.cursor, state.heard)) return;
    }
  }

  /** Takes in what became contiguous, and trims what nobody looks at. */
  #settle(state: TimelineState): void {
    if (state.range === null) return;
    if (state.ahead.size > 0) {
      const waiting = [...state.ahead.values()].sort((a, b) => a.rev - b.rev);
      const { range } = this.#host.rules.append(state.range, waiting);
      state.range = range;
      state.ahead = new Map(
        waiting.filter((entry) => entry.rev > range.cursor).map((entry) => [entry.rev, entry]),
      );
    }
    const isUnseen = !state.view.observed && state.olderStatus !== 'loading';
    if (isUnseen && state.range.entries.length > unseenEntriesMax) {
      state.range = trimOldest(state.range, unseenEntriesMax / 2);
    }
    state.view.invalidate();
  }
}
