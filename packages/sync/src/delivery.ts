import type { Conversation, Entry, LiveEvent, SendMessageResult } from '@confab/contract';
import { systemClock, type Clock } from './clock.ts';
import { ConversationFetch } from './conversation-fetch.ts';
import { ConversationRows } from './conversation-rows.ts';
import { Epoch } from './epoch.ts';
import { Heads } from './heads.ts';
import { Items } from './item.ts';
import { LiveGate, type DurableEvent } from './live-gate.ts';
import { Outbox } from './outbox.ts';
import type { Rules } from './rules.ts';
import { Timelines } from './timelines.ts';
import type { SyncTransport } from './transport.ts';
import { View } from './view.ts';
import type { ConnectionState, TimelineItem } from './views.ts';

export interface SyncOptions extends Partial<Clock> {
  readonly transport: SyncTransport;
  /** Whose device this is. */
  readonly userId: string;
}

/** Where the parts meet: what one of them learns goes from here to the others. */
export class Delivery {
  readonly #transport: SyncTransport;
  readonly connection: View<ConnectionState>;
  readonly rows: ConversationRows;
  readonly fetch: ConversationFetch;
  readonly outbox: Outbox;
  readonly timelines: Timelines;
  readonly #userId: string;
  readonly #clock: Clock;
  readonly #rules: Rules;
  readonly #items: Items;
  readonly #epoch: Epoch;
  readonly #heads: Heads;
  readonly #gate: LiveGate;
  #state: ConnectionState = 'connecting';
  #connected = false;
  #unsubscribe: (() => void) | null = null;

  constructor({ transport, userId, ...clockOptions }: SyncOptions, rules: Rules) {
    this.#transport = transport;
    this.#userId = userId;
    this.#clock = { ...systemClock, ...clockOptions };
    this.#rules = rules;
    this.#items = new Items(userId);
    this.#epoch = new Epoch(rules.isSameEpoch, () => {
      this.#forget();
    });
    this.connection = new View(() => this.#state);
    this.rows = new ConversationRows((conversation) => this.#previewOf(conversation));
    this.#gate = new LiveGate((event) => {
      this.#reduce(event);
    });
    this.fetch = this.#createFetch();
    this.outbox = this.#createOutbox();
    this.timelines = this.#createTimelines();
    this.#heads = this.#createHeads();
  }

  start(): void {
    this.#unsubscribe ??= this.#transport.subscribe({
      onEvent: (event) => {
        this.#onEvent(event);
      },
      onDisconnect: () => {
        this.#disconnect('offline');
      },
    });
  }

  stop(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#disconnect('connecting');
    this.outbox.stop();
    this.fetch.cancelAll();
    this.timelines.stop();
    this.rows.forget();
    this.#epoch.forget();
  }

  #onEvent(event: LiveEvent): void {
    if (event.type === 'live.ready') this.#ready(event.epoch);
    else if (!this.#connected) return;
    else if (event.type === 'live.resync') this.#heads.compare();
    else this.#gate.receive(event);
  }

  #ready(epoch: string): void {
    // Refused once, the epoch before is forgotten; this one is then the first seen.
    if (!this.#epoch.accepts(epoch)) this.#epoch.accepts(epoch);
    this.#connected = true;
    this.#gate.clear();
    this.#heads.compare();
    this.outbox.connect();
  }

  #disconnect(state: ConnectionState): void {
    this.#connected = false;
    this.#setState(state);
    this.#heads.cancel();
    this.#gate.clear();
    this.timelines.disconnect();
    this.outbox.disconnect();
  }

  #reduce(event: DurableEvent): void {
    switch (event.type) {
      case 'entries.appended':
        if (this.#epoch.accepts(event.epoch)) this.#receive(event.conversationId, event.entries);
        return;
      case 'conversation.joined':
        void this.fetch.ensure(event.conversationId);
        return;
      case 'conversation.left':
        this.#drop(event.conversationId);
    }
  }

  /** Entries that the log holds, from a live event or the answer to a send. */
  #receive(conversationId: string, entries: readonly Entry[]): void {
    this.timelines.receive(conversationId, entries);
    this.#seen(conversationId, entries);
    if (!this.rows.has(conversationId)) void this.fetch.ensure(conversationId);
  }

  #seen(conversationId: string, entries: readonly Entry[]): void {
    this.rows.receive(conversationId, entries);
    this.outbox.confirm(conversationId, entries);
  }

  #stored(conversationId: string, { epoch, entry }: SendMessageResult): boolean {
    if (!this.#epoch.accepts(epoch)) return false;
    this.#receive(conversationId, [entry]);
    return true;
  }

  async #found(conversation: Conversation): Promise<void> {
    const isNew = !this.rows.has(conversation.id);
    this.rows.merge(conversation);
    if (isNew) this.timelines.revive(conversation.id);
    await this.timelines.compareHead(conversation.id);
  }

  async #apply(conversations: ReadonlyMap<string, Conversation>): Promise<void> {
    const known = new Set([...this.rows.ids, ...this.timelines.openIds]);
    const absent = [...known].filter((conversationId) => !conversations.has(conversationId));
    this.rows.status = 'ready';
    const pulls = [...conversations.values()].map(async (conversation) => {
      this.rows.merge(conversation);
      this.timelines.revive(conversation.id);
      await this.timelines.compareHead(conversation.id);
    });
    // Absent from the list may mean moved while paging, or joined meanwhile: only its own not-found drops it.
    await Promise.all([...pulls, ...absent.map((conversationId) => this.fetch.ensure(conversationId))]);
  }

  #listFailed(): void {
    if (this.rows.status === 'ready') {
      // Live events must not wait for a list that may take long: each of them is safe by its own rev.
      this.#gate.open();
    } else {
      this.rows.status = 'failed';
      this.#gate.clear();
    }
  }

  #drop(conversationId: string): void {
    this.fetch.cancel(conversationId);
    this.rows.remove(conversationId);
    this.timelines.drop(conversationId);
  }

  /** Another epoch: everything held is void except what we still have to send. */
  #forget(): void {
    this.fetch.cancelAll();
    this.rows.forget();
    this.timelines.forget();
    if (this.#connected) this.#heads.compare();
  }

  #previewOf({ id, lastMessage }: Conversation): TimelineItem | null {
    const outgoing = this.outbox.messages(id).findLast((message) => message.state !== 'failed');
    if (outgoing !== undefined) return this.#items.ofOutgoing(outgoing);
    return lastMessage === null || lastMessage.kind === 'void' ? null : this.#items.ofEntry(lastMessage);
  }

  #createFetch(): ConversationFetch {
    return new ConversationFetch({
      clock: this.#clock,
      epoch: this.#epoch,
      getConversation: (input) => this.#transport.getConversation(input),
      found: (conversation) => void this.#found(conversation),
      lost: (conversationId) => {
        this.#drop(conversationId);
      },
    });
  }

  #createOutbox(): Outbox {
    return new Outbox(this.#userId, {
      clock: this.#clock,
      attemptId: this.#rules.attemptId,
      send: (input) => this.#transport.send(input),
      stored: (conversationId, result) => this.#stored(conversationId, result),
      changed: (conversationId) => {
        this.timelines.of(conversationId).view.invalidate();
        this.rows.refresh(conversationId);
      },
    });
  }

  #createTimelines(): Timelines {
    return new Timelines({
      userId: this.#userId,
      clock: this.#clock,
      rules: this.#rules,
      epoch: this.#epoch,
      items: this.#items,
      page: (input) => this.#transport.page(input),
      pull: (input) => this.#transport.pull(input),
      outgoing: (conversationId) => this.outbox.messages(conversationId),
      headOf: (conversationId) => this.rows.headOf(conversationId),
      seen: (conversationId, entries) => {
        this.#seen(conversationId, entries);
      },
      doubt: (conversationId) => {
        if (this.rows.has(conversationId)) void this.fetch.ensure(conversationId);
        else this.timelines.drop(conversationId);
      },
    });
  }

  #createHeads(): Heads {
    return new Heads({
      clock: this.#clock,
      epoch: this.#epoch,
      listConversations: (input) => this.#transport.listConversations(input),
      begun: () => {
        this.#gate.close();
      },
      apply: (conversations) => this.#apply(conversations),
      compared: () => {
        this.#gate.open();
        this.#setState('online');
      },
      failed: () => {
        this.#listFailed();
      },
    });
  }

  #setState(state: ConnectionState): void {
    this.#state = state;
    this.connection.invalidate();
  }
}
