import type { ChangeEntry, Entry } from '@confab/contract';
import { Backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { Failure } from './failure.ts';
import { foldInto, isVisible } from './fold.ts';
import type { Items } from './item.ts';
import type { OutgoingChange } from './outgoing.ts';
import { trimOldest, type Range } from './range.ts';
import type { Rules } from './rules.ts';
import { StretchState } from './stretch-state.ts';
import { View } from './view.ts';
import type { OutgoingMessage, Timeline, TimelineItem, VisibleEntry } from './views.ts';

/** A conversation that nobody looks at keeps at most so many entries; then the newest half. */
const unseenEntriesMax = 1_000;

/** Beyond so many, live entries above a gap are left to the pull. Ours stay: they are on screen already. */
const aheadMax = 500;

export function sortedByRev(entries: Iterable<Entry>): Entry[] {
  return [...entries].sort((a, b) => a.rev - b.rev);
}

export interface TimelineSources {
  readonly userId: string;
  readonly clock: Clock;
  readonly items: Items;
  readonly rules: Rules;
  outgoing(conversationId: string): readonly OutgoingMessage[];
  changesOf(conversationId: string, messageId: string): readonly OutgoingChange[];
  /** More is held than before. */
  held(conversationId: string): void;
}

/** What a device holds of one conversation's timeline, and the view on it. */
export class TimelineState {
  readonly conversationId: string;
  readonly view: View<Timeline>;
  readonly backoff: Backoff;
  range: Range | null = null;
  status: Timeline['status'] = 'idle';
  olderStatus: Timeline['olderStatus'] = 'idle';
  /** When somebody opened it last; 0: it was loaded for its news. */
  openedAt = 0;
  failure: Failure | null = null;
  /** Raised when everything held becomes void: pages asked for before are dropped. */
  life = 0;
  /** The pull under way. An abandoned one finds another here, or none. */
  pull: { readonly token: symbol; readonly done: Promise<void> } | null = null;
  /** The highest rev heard of since the last pull was asked for. */
  heard = 0;
  /** Live entries above a gap, or above a page under way, by rev. */
  ahead: ReadonlyMap<number, Entry> = new Map();
  /** Changes of messages below the range that came while pages were under way: folded over them. */
  passed: readonly ChangeEntry[] = [];
  /** What is shown in the range's place, if anything is. */
  readonly stretch: StretchState;
  #pagesUnderWay = 0;
  readonly #sources: TimelineSources;

  constructor(conversationId: string, sources: TimelineSources) {
    this.conversationId = conversationId;
    this.#sources = sources;
    this.backoff = new Backoff(sources.clock);
    this.view = new View((previous) => this.#compose(previous));
    this.stretch = new StretchState({
      itemsOf: (entries) => this.#itemsOf(entries),
      olderStatus: () => this.olderStatus,
    });
  }

  /** Keeps live entries that cannot be appended yet. */
  keepAhead(entries: readonly Entry[]): void {
    const all = sortedByRev([
      ...this.ahead.values(),
      ...entries.filter((entry) => !this.ahead.has(entry.rev)),
    ]);
    const kept = all.length > aheadMax ? all.filter((entry) => this.#isOwn(entry)) : all;
    // Ours among them are shown already, so with their changes.
    const shown = foldInto(kept.filter(isVisible), kept);
    this.ahead = new Map([...kept, ...shown].map((entry) => [entry.rev, entry]));
    this.heard = Math.max(this.heard, ...entries.map((entry) => entry.rev));
  }

  /** Entries of the log: what they change below the range is folded into the stretch, and kept for pages under way. */
  pass(entries: readonly Entry[]): void {
    if (this.range === null) return;
    this.#foldStretch(entries);
    if (this.#pagesUnderWay === 0) return;
    this.passed = [...this.passed, ...this.#sources.rules.changesBelow(this.range, entries)];
  }

  beginPage(): void {
    if (this.#pagesUnderWay === 0) this.passed = [];
    this.#pagesUnderWay += 1;
  }

  endPage(): void {
    this.#pagesUnderWay -= 1;
  }

  setOlderStatus(status: Timeline['olderStatus']): void {
    this.olderStatus = status;
    this.view.invalidate();
    this.stretch.view.invalidate();
  }

  /** The range begins anew, and with it what is shown: pages asked for before are dropped, they miss what was skipped. */
  leap(stretch: Range | null): void {
    this.life += 1;
    this.#pagesUnderWay = 0;
    this.olderStatus = 'idle';
    if (stretch === null) this.stretch.close();
    else this.stretch.open(stretch);
    this.join();
  }

  /** The stretch becomes a part of the range as soon as nothing is missing between them. */
  join(): void {
    if (this.range === null || this.stretch.range === null) return;
    const joined = this.#sources.rules.joinStretch(this.stretch.range, this.range);
    if (joined === null) return;
    this.range = joined;
    this.stretch.close();
    this.view.invalidate();
    this.#sources.held(this.conversationId);
  }

  /** Takes in what became contiguous, and trims what nobody looks at. */
  settle(): void {
    if (this.range === null) return;
    if (this.ahead.size > 0) {
      const waiting = sortedByRev(this.ahead.values());
      const { range } = this.#sources.rules.append(this.range, waiting);
      this.range = range;
      this.#foldStretch(waiting);
      const above = waiting.filter((entry) => entry.rev > range.cursor);
      this.ahead = new Map(above.map((entry) => [entry.rev, entry]));
    }
    const isUnseen = !this.view.observed && this.#pagesUnderWay === 0;
    if (isUnseen && this.range.entries.length > unseenEntriesMax) {
      this.range = trimOldest(this.range, unseenEntriesMax / 2);
    }
    this.view.invalidate();
    this.#sources.held(this.conversationId);
  }

  abandonPull(): void {
    this.pull = null;
    this.backoff.reset();
  }

  /** Back to holding nothing; answers under way will be dropped. */
  clear(status: Timeline['status'], failure: Failure | null): void {
    this.abandonPull();
    this.life += 1;
    this.range = null;
    this.ahead = new Map();
    this.passed = [];
    this.#pagesUnderWay = 0;
    this.heard = 0;
    this.status = status;
    this.olderStatus = 'idle';
    this.failure = failure;
    this.stretch.close();
    this.view.invalidate();
  }

  /** An entry that is held or shown, by its id. */
  find(entryId: string): VisibleEntry | null {
    const ahead = [...this.ahead.values()].filter(isVisible);
    const held = [...(this.stretch.range?.entries ?? []), ...(this.range?.entries ?? []), ...ahead];
    return held.findLast((entry) => entry.id === entryId) ?? null;
  }

  /** A change of ours was added, or ended: it shows on its message. */
  changed(): void {
    this.view.invalidate();
    this.stretch.view.invalidate();
  }

  #foldStretch(entries: readonly Entry[]): void {
    const { stretch } = this;
    if (stretch.range === null) return;
    stretch.range = this.#sources.rules.foldStretch(stretch.range, entries);
    stretch.view.invalidate();
  }

  #itemsOf(entries: readonly VisibleEntry[]): TimelineItem[] {
    const sources = this.#sources;
    return entries.map((entry) =>
      sources.items.ofEntry(entry, sources.changesOf(this.conversationId, entry.id)),
    );
  }

  #isOwn(entry: Entry): boolean {
    return entry.kind !== 'void' && entry.senderId === this.#sources.userId;
  }

  /**
   * The range, then what we sent and know to be stored beyond a gap (without it, an acknowledged message would
   * vanish until the pull), then what is outgoing.
   */
  #listItems(): TimelineItem[] {
    const { items } = this.#sources;
    const beyond = sortedByRev(this.ahead.values()).filter((entry) => this.#isOwn(entry));
    const entries = [...(this.range?.entries ?? []), ...beyond.filter(isVisible)];
    const listed = this.#itemsOf(entries);
    for (const message of this.#sources.outgoing(this.conversationId)) listed.push(items.ofOutgoing(message));
    return listed;
  }

  /** Costs the entries held of this one conversation; done only while somebody looks at it. */
  #compose(previous: Timeline | undefined): Timeline {
    const { range, status, olderStatus, failure } = this;
    const listed = this.#listItems();
    const before = previous?.items ?? [];
    const isSameList =
      before.length === listed.length && before.every((item, index) => item === listed[index]);
    const items = isSameList ? before : listed;
    const low = range?.low ?? 0;
    const hasOlder = range !== null && range.low > range.from;
    const isSameError =
      previous?.error?.code === failure?.code && previous?.error?.message === failure?.message;
    if (
      previous !== undefined &&
      isSameError &&
      items === previous.items &&
      status === previous.status &&
      low === previous.low &&
      hasOlder === previous.hasOlder &&
      olderStatus === previous.olderStatus
    ) {
      return previous;
    }
    const error = failure === null ? null : { code: failure.code, message: failure.message };
    return { status, items, low, hasOlder, olderStatus, error };
  }
}
