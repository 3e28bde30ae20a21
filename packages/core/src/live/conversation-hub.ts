import type { ConversationAdvanced, ConversationEvent, EntriesAppended } from '@confab/contract';
import type { Database } from '@confab/db';
import type { Pubsub, Unsubscribe } from '@confab/pubsub';
import type { TimelineWriter } from '../timeline/timeline-writer.ts';
import { visibleTo } from '../timeline/visible-to.ts';
import type { DeliveryLog } from './delivery-log.ts';

/** One connection's interest in one conversation. */
export interface FeedReader {
  /** The lowest rev that this reader may see. */
  readonly from: number;
  /** `bytes`: about what the event weighs, where it may be much. */
  push(event: ConversationEvent | ConversationAdvanced, bytes?: number): void;
}

interface Feed {
  readonly readers: Set<FeedReader>;
  readonly stop: Promise<Unsubscribe>;
  /** The highest rev that passed on this feed. */
  seenRev: number;
  /** The head that readers were last told of, and how often. */
  toldRev: number;
  toldTimes: number;
}

/**
 * A hint may be there before its entry is, so readers are told of one head in so many rounds: by the last of them the
 * entry is stored, or its insert has failed and a retry raises the hint anew.
 */
const tellsMax = 3;

interface HubParts {
  readonly db: Database;
  readonly pubsub: Pubsub;
  readonly timeline: TimelineWriter;
  readonly deliveries: DeliveryLog;
}

/**
 * The conversations that this process serves: one subscription for each, however many connections read it, and what
 * an event costs beside passing it on is paid once.
 */
export class ConversationHub {
  readonly #parts: HubParts;
  readonly #feeds = new Map<string, Feed>();

  constructor(parts: HubParts) {
    this.#parts = parts;
  }

  /** Resolves when the channel is confirmed, or, while Redis is away, as soon as that is known. */
  async join(conversationId: string, reader: FeedReader): Promise<Unsubscribe> {
    const feed = this.#feeds.get(conversationId) ?? this.#open(conversationId);
    feed.readers.add(reader);
    await feed.stop;
    return () => this.#leave(conversationId, feed, reader);
  }

  /**
   * Tells the readers of a conversation that its log goes up to about `headRev`, unless that rev passed here. Returns
   * how many were told.
   */
  advance(conversationId: string, headRev: number): number {
    const feed = this.#feeds.get(conversationId);
    if (!feed || headRev <= feed.seenRev) return 0;
    if (headRev !== feed.toldRev) {
      feed.toldRev = headRev;
      feed.toldTimes = 0;
    }
    if (feed.toldTimes >= tellsMax) return 0;
    feed.toldTimes += 1;
    const event = {
      type: 'conversation.advanced' as const,
      epoch: this.#parts.db.epoch,
      conversationId,
      headRev,
    };
    for (const reader of feed.readers) reader.push(event);
    return feed.readers.size;
  }

  #open(conversationId: string): Feed {
    const feed: Feed = {
      readers: new Set(),
      stop: this.#parts.pubsub.subscribeConversation(conversationId, (event, raw) => {
        this.#deliver(feed, event, raw.length);
      }),
      seenRev: 0,
      toldRev: 0,
      toldTimes: 0,
    };
    this.#feeds.set(conversationId, feed);
    return feed;
  }

  async #leave(conversationId: string, feed: Feed, reader: FeedReader): Promise<void> {
    feed.readers.delete(reader);
    // Whoever joins from here on opens a feed of their own, whose subscription Redis is asked for after this end.
    if (feed.readers.size > 0 || this.#feeds.get(conversationId) !== feed) return;
    this.#feeds.delete(conversationId);
    await (
      await feed.stop
    )();
  }

  #deliver(feed: Feed, event: ConversationEvent, bytes: number): void {
    if (event.type === 'watermark.raised') {
      for (const reader of feed.readers) reader.push(event);
      return;
    }
    this.#parts.timeline.observe(event.conversationId, event.entries);
    feed.seenRev = Math.max(feed.seenRev, event.entries.at(-1)?.rev ?? 0);
    const views = new EventViews(event);
    for (const reader of feed.readers) {
      const view = views.from(reader.from);
      if (!view) continue;
      reader.push(view, bytes);
      this.#parts.deliveries.note(view);
    }
  }
}

/**
 * The forms of one event, each made once: whoever may see the same of it gets the same object, so that it can be
 * serialised once for all of them. A single entry has two forms at most: as it is, and void.
 */
class EventViews {
  readonly #event: EntriesAppended;
  /** From this rev on, or below it, everybody sees all of the event. */
  readonly #lowest: number;
  readonly #made = new Map<string, EntriesAppended | null>();

  constructor(event: EntriesAppended) {
    this.#event = event;
    this.#lowest = Math.min(...event.entries.map(({ rev, ...entry }) => ('seq' in entry ? entry.seq : rev)));
  }

  /** What a member sees whose log begins at `from`; null when that is nothing. */
  from(from: number): EntriesAppended | null {
    if (from <= this.#lowest) return this.#event;
    const entries = this.#event.entries.flatMap((entry) => visibleTo(entry, from) ?? []);
    const key = entries.map(({ rev, kind }) => `${String(rev)}${kind}`).join();
    let view = this.#made.get(key);
    if (view === undefined) {
      view = entries.length > 0 ? { ...this.#event, entries } : null;
      this.#made.set(key, view);
    }
    return view;
  }
}
