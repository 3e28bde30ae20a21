import type { ConversationAdvanced, ConversationEvent, LiveEvent } from '@confab/contract';
import { inScope } from '@confab/db';
import type { Unsubscribe } from '@confab/pubsub';
import type { Core } from '../core.ts';

type FeedEvent = ConversationEvent | ConversationAdvanced;

interface OpenFeed {
  from: number;
  readonly leave: Promise<Unsubscribe>;
}

/**
 * The conversations that one connection is served with. Opening and shutting of one conversation happen in the order
 * in which they were asked for, however long Redis takes; but from the moment that one is to be shut, none of its
 * events passes, not even those that are queued.
 */
export class ConversationFeeds {
  readonly #core: Core;
  readonly #userId: string;
  readonly #onEvent: (event: FeedEvent, bytes?: number) => void;
  readonly #open = new Map<string, OpenFeed>();
  #last: Promise<void> = Promise.resolve();

  constructor(core: Core, userId: string, onEvent: (event: FeedEvent, bytes?: number) => void) {
    this.#core = core;
    this.#userId = userId;
    this.#onEvent = onEvent;
  }

  has(conversationId: string): boolean {
    return this.#open.has(conversationId);
  }

  /** Whether an event may go to this connection now. */
  lets(event: LiveEvent): boolean {
    switch (event.type) {
      case 'entries.appended':
      case 'watermark.raised':
      case 'conversation.advanced':
        return this.#open.has(event.conversationId);
      case 'live.ready':
      case 'live.resync':
      case 'conversation.joined':
      case 'conversation.left':
      case 'preferences.changed':
      case 'block.changed':
        return true;
    }
  }

  /** Every conversation of the user. */
  async openAll(): Promise<void> {
    const memberships = await this.#asReader(() => this.#core.db.memberships.listOfUser(this.#userId));
    await Promise.all(memberships.map((row) => this.#join(row.conversationId, row.visibleFromRev)));
  }

  /** One conversation, if the user is its member; opened already, it goes on from where they may see it now. */
  open(conversationId: string): Promise<void> {
    return this.#inTurn(async () => {
      const membership = await this.#asReader(() =>
        this.#core.db.memberships.find(this.#userId, conversationId),
      );
      if (membership?.status === 'active') await this.#join(conversationId, membership.visibleFromRev);
    });
  }

  /** From where the member may see a conversation that is open. */
  startAt(conversationId: string, from: number): void {
    const open = this.#open.get(conversationId);
    if (open) open.from = from;
  }

  shut(conversationId: string): Promise<void> {
    const done = this.#leave(conversationId);
    return this.#inTurn(async () => {
      await done;
      // What was being opened when this was asked for.
      await this.#leave(conversationId);
    });
  }

  shutAll(): Promise<void> {
    return this.#inTurn(async () => {
      await Promise.all([...this.#open.keys()].map((id) => this.#leave(id)));
    });
  }

  async #join(conversationId: string, from: number): Promise<void> {
    if (this.#open.has(conversationId)) {
      this.startAt(conversationId, from);
      return;
    }
    const reader = {
      from,
      push: (event: FeedEvent, bytes?: number) => {
        this.#onEvent(event, bytes);
      },
    };
    const feed = Object.assign(reader, { leave: this.#core.live.hub.join(conversationId, reader) });
    this.#open.set(conversationId, feed);
    await feed.leave;
  }

  async #leave(conversationId: string): Promise<void> {
    const open = this.#open.get(conversationId);
    this.#open.delete(conversationId);
    await (
      await open?.leave
    )?.();
  }

  /** A subscription runs outside of the call that opened it. */
  #asReader<Result>(read: () => Promise<Result>): Promise<Result> {
    return inScope({ key: this.#userId, kind: 'read' }, read);
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    const done = this.#last.then(step);
    // The next step goes on after a failed one; the failure is the caller's to report.
    this.#last = done.catch(() => undefined);
    return done;
  }
}
