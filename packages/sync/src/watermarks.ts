import type { Entry, Watermark, Watermarks as WatermarksAnswer } from '@confab/contract';
import type { Clock } from './clock.ts';
import { ConversationFetch } from './conversation-fetch.ts';
import type { Epoch } from './epoch.ts';
import { isEqual } from './is-equal.ts';
import { View } from './view.ts';

export interface WatermarksHost {
  readonly clock: Clock;
  readonly epoch: Epoch;
  watermarks(input: { conversationId: string }): Promise<WatermarksAnswer>;
}

interface Held {
  readonly view: View<readonly Watermark[] | null>;
  /** Whom the server named last; null before it did. */
  members: readonly string[] | null;
  /** The highest heard of each, of members and of others. */
  readonly highest: Map<string, Watermark>;
}

/**
 * How far the members of the conversations on screen hold and have read them. State on the server: fetched when
 * somebody looks and on every connect, raised live between. Watermarks only rise, so the highest one heard is the one.
 */
export class Watermarks {
  readonly #host: WatermarksHost;
  readonly #held = new Map<string, Held>();
  readonly #fetch: ConversationFetch<WatermarksAnswer>;
  #connected = false;

  constructor(host: WatermarksHost) {
    this.#host = host;
    this.#fetch = new ConversationFetch({
      clock: host.clock,
      epoch: host.epoch,
      ask: (input) => host.watermarks(input),
      found: (conversationId, { watermarks }) => {
        this.#found(conversationId, watermarks);
      },
      lost: (conversationId) => {
        this.#found(conversationId, []);
      },
    });
  }

  of(conversationId: string): View<readonly Watermark[] | null> {
    const known = this.#held.get(conversationId);
    if (known !== undefined) return known.view;
    const compute = (previous: readonly Watermark[] | null | undefined): readonly Watermark[] | null => {
      const value = held.members?.flatMap((userId) => held.highest.get(userId) ?? []) ?? null;
      return previous !== undefined && isEqual(previous, value) ? previous : value;
    };
    const onObserved = () => {
      this.refetch(conversationId);
    };
    const held: Held = { view: new View(compute, { onObserved }), members: null, highest: new Map() };
    this.#held.set(conversationId, held);
    return held.view;
  }

  raise(conversationId: string, watermark: Watermark): void {
    const held = this.#held.get(conversationId);
    if (held === undefined) return;
    this.#raise(held, watermark);
    // Somebody who came meanwhile, or the answer is still under way.
    if (held.members?.includes(watermark.userId) !== true) this.refetch(conversationId);
  }

  /** Whoever writes has read what stands above: nothing else tells it. Who came or went is asked for. */
  hear(conversationId: string, entries: readonly Entry[]): void {
    const held = this.#held.get(conversationId);
    if (held === undefined) return;
    for (const entry of entries) {
      if (entry.kind !== 'message') continue;
      this.#raise(held, { userId: entry.senderId, deliveredSeq: entry.rev, readSeq: entry.rev });
    }
    if (entries.some(({ kind }) => kind === 'member')) this.refetch(conversationId);
  }

  refetch(conversationId: string): void {
    const isWanted = this.#held.get(conversationId)?.view.observed ?? false;
    if (this.#connected && isWanted) void this.#fetch.ensure(conversationId);
  }

  drop(conversationId: string): void {
    this.#fetch.cancel(conversationId);
    this.#found(conversationId, []);
  }

  connect(): void {
    this.#connected = true;
    for (const conversationId of this.#held.keys()) this.refetch(conversationId);
  }

  disconnect(): void {
    this.#connected = false;
    this.#fetch.cancelAll();
  }

  /** Another epoch: revs of the one before mean nothing. */
  forget(): void {
    this.#fetch.cancelAll();
    for (const [conversationId, held] of this.#held) {
      held.highest.clear();
      held.members = null;
      held.view.invalidate();
      this.refetch(conversationId);
    }
  }

  #found(conversationId: string, watermarks: readonly Watermark[]): void {
    const held = this.#held.get(conversationId);
    if (held === undefined) return;
    held.members = watermarks.map(({ userId }) => userId).sort();
    for (const watermark of watermarks) this.#raise(held, watermark);
    held.view.invalidate();
  }

  #raise(held: Held, { userId, deliveredSeq, readSeq }: Watermark): void {
    const known = held.highest.get(userId);
    held.highest.set(userId, {
      userId,
      deliveredSeq: Math.max(deliveredSeq, known?.deliveredSeq ?? 0),
      readSeq: Math.max(readSeq, known?.readSeq ?? 0),
    });
    held.view.invalidate();
  }
}
