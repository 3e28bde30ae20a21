import type { ConversationEvent } from '@confab/contract';
import type { Unsubscribe } from '@confab/pubsub';
import type { Core } from '../core.ts';

/**
 * The conversation channels that one connection listens to. Opening and shutting of one conversation happen in the
 * order in which they were asked for, however long Redis takes.
 */
export class ConversationFeeds {
  readonly #core: Core;
  readonly #userId: string;
  readonly #onEvent: (event: ConversationEvent, from: number) => void;
  readonly #open = new Map<string, Unsubscribe>();
  #last: Promise<void> = Promise.resolve();

  constructor(core: Core, userId: string, onEvent: (event: ConversationEvent, from: number) => void) {
    this.#core = core;
    this.#userId = userId;
    this.#onEvent = onEvent;
  }

  /** Every conversation of the user. */
  async openAll(): Promise<void> {
    const memberships = await this.#core.db.memberships.listOfUser(this.#userId);
    await Promise.all(memberships.map((row) => this.#subscribe(row.conversationId, row.visibleFromRev)));
  }

  /** One conversation, if the user is its member. */
  open(conversationId: string): Promise<void> {
    return this.#inTurn(async () => {
      const membership = await this.#core.db.memberships.find(this.#userId, conversationId);
      if (membership?.status !== 'active') return;
      await this.#shutNow(conversationId);
      await this.#subscribe(conversationId, membership.visibleFromRev);
    });
  }

  shut(conversationId: string): Promise<void> {
    return this.#inTurn(() => this.#shutNow(conversationId));
  }

  shutAll(): Promise<void> {
    return this.#inTurn(async () => {
      await Promise.all([...this.#open.keys()].map((id) => this.#shutNow(id)));
    });
  }

  async #subscribe(conversationId: string, from: number): Promise<void> {
    const stop = await this.#core.pubsub.subscribeConversation(conversationId, (event) => {
      this.#onEvent(event, from);
    });
    this.#open.set(conversationId, stop);
  }

  async #shutNow(conversationId: string): Promise<void> {
    const stop = this.#open.get(conversationId);
    this.#open.delete(conversationId);
    await stop?.();
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    const done = this.#last.then(step);
    // The next step goes on after a failed one; the failure is the caller's to report.
    this.#last = done.catch(() => undefined);
    return done;
  }
}
