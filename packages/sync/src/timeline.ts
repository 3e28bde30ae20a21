import type { Entry } from '@confab/contract';
import { Backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { Failure } from './failure.ts';
import type { Items } from './item.ts';
import type { Range } from './range.ts';
import { View } from './view.ts';
import type { OutgoingMessage, Timeline, TimelineItem } from './views.ts';

/** Beyond so many, live entries above a gap are left to the pull. Ours stay: they are on screen already. */
const aheadMax = 500;

export interface TimelineSources {
  readonly userId: string;
  readonly clock: Clock;
  readonly items: Items;
  outgoing(conversationId: string): readonly OutgoingMessage[];
}

/** What a device holds of one conversation's timeline, and the view on it. */
export class TimelineState {
  readonly conversationId: string;
  readonly view: View<Timeline>;
  readonly backoff: Backoff;
  range: Range | null = null;
  status: Timeline['status'] = 'idle';
  olderStatus: Timeline['olderStatus'] = 'idle';
  failure: Failure | null = null;
  /** Raised when everything held becomes void: pages asked for before are dropped. */
  life = 0;
  /** The pull under way. An abandoned one finds another here, or none. */
  pull: { readonly token: symbol; readonly done: Promise<void> } | null = null;
  /** The highest rev heard of since the last pull was asked for. */
  heard = 0;
  /** Live entries above a gap, or above a page under way, by rev. */
  ahead: ReadonlyMap<number, Entry> = new Map();
  readonly #sources: TimelineSources;

  constructor(conversationId: string, sources: TimelineSources) {
    this.conversationId = conversationId;
    this.#sources = sources;
    this.backoff = new Backoff(sources.clock);
    this.view = new View((previous) => this.#compose(previous));
  }

  /** Keeps live entries that cannot be appended yet. */
  keepAhead(entries: readonly Entry[]): void {
    const all = [...this.ahead.values(), ...entries];
    const kept = all.length > aheadMax ? all.filter((entry) => this.#isOwn(entry)) : all;
    this.ahead = new Map(kept.map((entry) => [entry.rev, entry]));
    this.heard = Math.max(this.heard, ...entries.map((entry) => entry.rev));
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
    this.heard = 0;
    this.status = status;
    this.olderStatus = 'idle';
    this.failure = failure;
    this.view.invalidate();
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
    const listed = (this.range?.entries ?? []).map((entry) => items.ofEntry(entry));
    const beyond = [...this.ahead.values()].sort((a, b) => a.rev - b.rev);
    for (const entry of beyond)
      if (entry.kind !== 'void' && this.#isOwn(entry)) listed.push(items.ofEntry(entry));
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
