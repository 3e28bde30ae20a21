import type { Entry, MessagePage } from '@confab/contract';
import type { Epoch } from './epoch.ts';
import { outcomeOf } from './failure.ts';
import type { Rules } from './rules.ts';
import type { Wanted } from './stretch-range.ts';
import type { TimelineState } from './timeline.ts';

export interface HistoryHost {
  readonly rules: Rules;
  readonly epoch: Epoch;
  page(input: { conversationId: string } & Partial<Wanted>): Promise<MessagePage>;
  /** Entries of the log were seen, in whatever answer. */
  seen(conversationId: string, entries: readonly Entry[]): void;
  /** An answer says that the conversation is not ours. */
  doubt(conversationId: string): void;
}

/** Loads what lies below the live range, for whoever looks at it: above what is shown, below it, or around a rev. */
export class History {
  readonly #host: HistoryHost;

  constructor(host: HistoryHost) {
    this.#host = host;
  }

  /** The page above what is shown. */
  async loadOlder(state: TimelineState): Promise<void> {
    const shown = state.stretch.range ?? state.range;
    if (shown === null || shown.low <= shown.from || state.olderStatus === 'loading') return;
    const before = shown.low;
    state.setOlderStatus('loading');
    const page = await this.#page(state, { before });
    if (page === 'void') return;
    state.setOlderStatus(page === null ? 'failed' : 'idle');
    if (page === null) return;
    const older = { before, page, passed: state.passed };
    // Whichever begins there: joined meanwhile, the live range does.
    if (state.stretch.range !== null)
      state.stretch.range = this.#host.rules.prependPage(state.stretch.range, older);
    else if (state.range !== null) state.range = this.#host.rules.prependPage(state.range, older);
    this.#took(state, page);
  }

  /** The page below a stretch. */
  async loadNewer(state: TimelineState): Promise<void> {
    const { stretch, range } = state;
    if (stretch.range === null || range === null || stretch.newerStatus === 'loading') return;
    const wanted = this.#host.rules.wantedAfter(stretch.range, range);
    const { request } = stretch;
    stretch.newerStatus = 'loading';
    stretch.view.invalidate();
    const page = await this.#page(state, wanted);
    // Closing it raises its request: it is open still.
    if (page === 'void' || request !== stretch.request) return;
    stretch.newerStatus = page === null ? 'failed' : 'idle';
    stretch.view.invalidate();
    if (page === null) return;
    const newer = { before: wanted.before, page, passed: state.passed };
    stretch.range = this.#host.rules.extendStretch(stretch.range, newer);
    this.#took(state, page);
  }

  /** What lies around a rev, unless what is shown reaches down to it. */
  async open(state: TimelineState, rev: number): Promise<void> {
    const { stretch, range } = state;
    if (range === null || range.low <= Math.max(range.from, rev + 1)) return;
    if (stretch.range !== null && stretch.range.low <= rev + 1 && rev < stretch.range.cursor) return;
    const wanted = this.#host.rules.wantedAround(rev, range);
    stretch.close();
    const { request } = stretch;
    stretch.status = 'loading';
    const page = await this.#page(state, wanted);
    if (page === 'void' || request !== stretch.request) return;
    stretch.status = page === null ? 'failed' : 'idle';
    stretch.view.invalidate();
    if (page === null) return;
    stretch.open(this.#host.rules.stretchOfPage({ before: wanted.before, page, passed: state.passed }));
    this.#took(state, page);
  }

  #took(state: TimelineState, page: MessagePage): void {
    state.join();
    state.view.invalidate();
    state.stretch.view.invalidate();
    this.#host.seen(state.conversationId, page.entries);
  }

  /** Null when it failed; `void` when nothing that was held then means anything any more. */
  async #page(state: TimelineState, wanted: Partial<Wanted>): Promise<MessagePage | null | 'void'> {
    const { conversationId, life } = state;
    state.beginPage();
    const outcome = await outcomeOf(() => this.#host.page({ conversationId, ...wanted }));
    if (life !== state.life || state.range === null) return 'void';
    state.endPage();
    if ('failure' in outcome) {
      if (outcome.failure.code === 'NOT_FOUND') this.#host.doubt(conversationId);
      return null;
    }
    return this.#host.epoch.accepts(outcome.value.epoch) ? outcome.value : 'void';
  }
}
