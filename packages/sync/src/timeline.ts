import type { ChangeEntry, Entry } from '@confab/contract';
import { Backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { Failure } from './failure.ts';
import { foldInto, isVisible } from './fold.ts';
import type { Items } from './item.ts';
import type { OutgoingChange } from './outgoing.ts';
import { trimOldest, type Range } from './range.ts';
import type { Rules } from './rules.ts';
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
  /** Changes of messages below the range that came while an older page was under way: folded over it. */
  passed: readonly ChangeEntry[] = [];
  readonly #sources: TimelineSources;

  constructor(conversationId: string, sources: TimelineSources) {
    this.conversationId = conversationId;
    this.#sources = sources;
    this.backoff = new Backoff(sources.clock);
    this.view = new View((previous) => this.#compose(previous));
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

  /** Keeps, for an older page under way, the changes of what it brings. */
  pass(entries: readonly Entry[]): void {
    if (this.range === null || this.olderStatus !== 'loading') return;
    this.passed = [...this.passed, ...this.#sources.rules.changesBelow(this.range, entries)];
  }

  /** Takes in what became contiguous, and trims what nobody looks at. */
  settle(): void {
    if (this.range === null) return;
    if (this.ahead.size > 0) {
      const waiting = sortedByRev(this.ahead.values());
      const { range } = this.#sources.rules.append(this.range, waiting);
      this.range = range;
      const above = waiting.filter((entry) => entry.rev > range.cursor);
      this.ahead = new Map(above.map((entry) => [entry.rev, entry]));
    }
    const isUnseen = !this.view.observed && this.olderStatus !== 'loading';
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
    this.heard = 0;
    this.status = status;
    this.olderStatus = 'idle';
    this.failure = failure;
    this.view.invalidate();
  }

  /** An entry that is held or shown, by its id. */
  find(entryId: string): VisibleEntry | null {
    const ahead = [...this.ahead.values()].filter(isVisible);
    return [...(this.range?.entries ?? []), ...ahead].findLast((entry) => entry.id === entryId) ?? null;
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
    const listed = entries.map((entry) => {
      return items.ofEntry(entry, this.#sources.changesOf(this.conversationId, entry.id));
    });
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
    const hasOlder = range !== null && range.low > range.from;
    const isSameError =
      previous?.error?.code === failure?.code && previous?.error?.message === failure?.message;
    if (
      previous !== undefined &&
      isSameError &&
      items === previous.items &&
      status === previous.status &&
      hasOlder === previous.hasOlder &&
      olderStatus === previous.olderStatus
    ) {
      return previous;
    }
    const error = failure === null ? null : { code: failure.code, message: failure.message };
    return { status, items, hasOlder, olderStatus, error };
  }
}
