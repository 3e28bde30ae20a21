import type { Range } from './range.ts';
import { View } from './view.ts';
import type { Stretch, Timeline, TimelineItem, VisibleEntry } from './views.ts';

export interface StretchSources {
  itemsOf(entries: readonly VisibleEntry[]): TimelineItem[];
  olderStatus(): Timeline['olderStatus'];
}

/** A part of one conversation's history that is held apart from its live range, for as long as somebody looks at it. */
export class StretchState {
  readonly view: View<Stretch>;
  range: Range | null = null;
  status: 'idle' | 'loading' | 'failed' = 'idle';
  newerStatus: Stretch['newerStatus'] = 'idle';
  /** Raised with each request for another one, and when it is closed: answers to those before are dropped. */
  request = 0;
  readonly #sources: StretchSources;

  constructor(sources: StretchSources) {
    this.#sources = sources;
    this.view = new View((previous) => this.#compose(previous), {
      onUnobserved: () => {
        this.close();
      },
    });
  }

  open(range: Range): void {
    this.range = range;
    this.status = 'idle';
    this.newerStatus = 'idle';
    this.request += 1;
    this.view.invalidate();
  }

  close(): void {
    this.range = null;
    this.status = 'idle';
    this.newerStatus = 'idle';
    this.request += 1;
    this.view.invalidate();
  }

  #compose(previous: Stretch | undefined): Stretch {
    const { range, newerStatus } = this;
    const listed = this.#sources.itemsOf(range?.entries ?? []);
    const before = previous?.items ?? [];
    const isSameList = before.length === listed.length && before.every((item, at) => item === listed[at]);
    const next: Stretch = {
      status: range === null ? (this.status === 'idle' ? 'closed' : this.status) : 'ready',
      items: isSameList ? before : listed,
      low: range?.low ?? 0,
      hasOlder: range !== null && range.low > range.from,
      olderStatus: this.#sources.olderStatus(),
      newerStatus,
    };
    const isSame =
      previous !== undefined &&
      (Object.keys(next) as (keyof Stretch)[]).every((key) => Object.is(next[key], previous[key]));
    return isSame ? previous : next;
  }
}
