import { errorTable, type Entry, type MessagePage } from '@confab/contract';
import { CatchUp, type CatchUpHost } from './catch-up.ts';
import { outcomeOf, type Failure } from './failure.ts';
import { History, type HistoryHost } from './history.ts';
import { rangeOfPage, type Range } from './range.ts';
import type { KeptRange } from './storage/sync-storage.ts';
import type { StretchPage } from './stretch-range.ts';
import { TimelineState, type TimelineSources } from './timeline.ts';
import type { VisibleEntry } from './views.ts';

const notFound: Failure = {
  code: 'NOT_FOUND',
  message: errorTable.NOT_FOUND.sentence,
  retryable: false,
  retryAfterMs: null,
};

export interface TimelinesHost extends TimelineSources, CatchUpHost, HistoryHost {
  /** What an earlier page left of it; null for nothing. */
  cached(conversationId: string): Promise<Range | null>;
  /** The highest rev that the list tells of. */
  headOf(conversationId: string): number;
}

/** Every timeline of this device: loads pages, takes live entries in, pulls what is missing. */
export class Timelines {
  readonly #host: TimelinesHost;
  readonly #catchUp: CatchUp;
  readonly #history: History;
  readonly #states = new Map<string, TimelineState>();

  constructor(host: TimelinesHost) {
    this.#host = host;
    this.#catchUp = new CatchUp(host);
    this.#history = new History(host);
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

  rangeOf(conversationId: string): Range | null {
    return this.#states.get(conversationId)?.range ?? null;
  }

  find(conversationId: string, entryId: string): VisibleEntry | null {
    return this.#states.get(conversationId)?.find(entryId) ?? null;
  }

  isIdle(conversationId: string): boolean {
    return (this.#states.get(conversationId)?.status ?? 'idle') === 'idle';
  }

  /** An entry of ours that is held. */
  findOwn(conversationId: string, clientId: string): Entry | null {
    const { range, ahead } = this.#states.get(conversationId) ?? {};
    const own = [...(range?.entries ?? []), ...(ahead?.values() ?? [])].find(
      (entry) => entry.kind !== 'void' && entry.senderId === this.#host.userId && entry.clientId === clientId,
    );
    return own ?? null;
  }

  /** What a later page may begin with. */
  keptOf(conversationId: string): Omit<KeptRange, 'epoch'> | null {
    const { range, openedAt } = this.#states.get(conversationId) ?? {};
    if (range === undefined || range === null || openedAt === undefined) return null;
    return { conversationId, range, openedAt };
  }

  open(conversationId: string): void {
    const state = this.of(conversationId);
    state.openedAt = this.#host.clock.now();
    if (state.status === 'failed') void this.#load(state);
    else void this.load(conversationId);
  }

  /** Unless it is held already. Resolves once something is shown, or it failed. */
  async load(conversationId: string): Promise<void> {
    const state = this.of(conversationId);
    if (state.status !== 'idle') return;
    state.clear('loading', null);
    const { life } = state;
    const cached = await this.#host.cached(conversationId);
    if (life !== state.life) return;
    if (cached === null) await this.#loadPage(state);
    else this.#take(state, cached);
  }

  /** Begins with pages that the server answered before; the one around the read mark was read last. */
  seed(conversationId: string, page: MessagePage, around: Pick<StretchPage, 'before' | 'page'> | null): void {
    const state = this.of(conversationId);
    if (state.status !== 'idle') return;
    if (around !== null) state.stretch.open(this.#host.rules.stretchOfPage({ ...around, passed: [] }));
    this.#take(state, rangeOfPage(page));
    state.join();
    void this.#deepen(state, page);
  }

  /** What an earlier page kept reaches further back: it is of use when it misses nothing that the page does not have. */
  async #deepen(state: TimelineState, page: MessagePage): Promise<void> {
    const { life } = state;
    state.beginPage();
    const kept = await this.#host.cached(state.conversationId);
    if (life !== state.life || state.range === null) return;
    state.endPage();
    const pageLow = page.entries[0]?.rev ?? page.cursor + 1;
    if (kept === null || kept.cursor + 1 < pageLow || kept.low >= state.range.low) return;
    const known = this.#host.rules.foldStretch(kept, [...page.entries, ...state.passed]);
    const deeper = this.#host.rules.joinStretch(known, state.range);
    if (deeper === null) return;
    state.range = deeper;
    state.settle();
  }

  async loadOlder(conversationId: string): Promise<void> {
    const state = this.#states.get(conversationId);
    if (state !== undefined) await this.#history.loadOlder(state);
  }

  async loadNewer(conversationId: string): Promise<void> {
    const state = this.#states.get(conversationId);
    if (state !== undefined) await this.#history.loadNewer(state);
  }

  async openStretch(conversationId: string, rev: number): Promise<void> {
    const state = this.#states.get(conversationId);
    if (state !== undefined) await this.#history.open(state, rev);
  }

  closeStretch(conversationId: string): void {
    this.#states.get(conversationId)?.stretch.close();
  }

  /** Entries that the log is known to hold: a live event's, or the answer to a send. */
  receive(conversationId: string, entries: readonly Entry[]): void {
    const state = this.#states.get(conversationId);
    if (state === undefined) return;
    if (state.range !== null) {
      state.pass(entries);
      const { range, gap } = this.#host.rules.append(state.range, entries);
      state.range = range;
      if (gap) state.keepAhead(entries.filter((entry) => entry.rev > range.cursor));
      state.settle();
      if (gap) void this.#catchUp.pull(state);
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
    await this.#catchUp.pull(state);
  }

  /** The log holds entries up to about this rev. True when they will be asked for. */
  advance(conversationId: string, headRev: number): boolean {
    const state = this.#states.get(conversationId);
    if (state === undefined || (state.range === null && state.status !== 'loading')) return false;
    const isHeld = state.range !== null && !this.#host.rules.isBehind(state.range.cursor, headRev);
    if (isHeld) return true;
    state.heard = Math.max(state.heard, headRev);
    if (state.range !== null) void this.#catchUp.pull(state);
    return true;
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
    state.clear('loading', null);
    await this.#loadPage(state);
  }

  async #loadPage(state: TimelineState): Promise<void> {
    const { conversationId, life } = state;
    const outcome = await outcomeOf(() => this.#host.page({ conversationId }));
    if (life !== state.life) return;
    if ('failure' in outcome) {
      state.clear('failed', outcome.failure);
      if (outcome.failure.code === 'NOT_FOUND') this.#host.doubt(conversationId);
    } else if (this.#host.epoch.accepts(outcome.value.epoch)) {
      this.#take(state, rangeOfPage(outcome.value));
    }
  }

  /** Begins with a page or with what was kept. */
  #take(state: TimelineState, range: Range): void {
    const { conversationId } = state;
    state.range = range;
    state.status = 'ready';
    const { heard } = state;
    state.settle();
    this.#host.seen(conversationId, range.entries);
    // Between the page's read and its arrival the list may have been compared, or events may have been missed.
    if (state.range.cursor < heard) void this.#catchUp.pull(state);
    void this.compareHead(conversationId);
  }
}
