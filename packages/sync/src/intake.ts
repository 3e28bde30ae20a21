import type { Conversation, ConversationAnswer, Entry } from '@confab/contract';
import type { ConversationFetch } from './conversation-fetch.ts';
import type { ConversationRows } from './conversation-rows.ts';
import type { Epoch } from './epoch.ts';
import type { Stored } from './lane.ts';
import type { DurableEvent } from './live-gate.ts';
import type { Reading } from './reading.ts';
import type { Rewinds } from './rewinds.ts';
import type { Rules } from './rules.ts';
import type { Sending } from './sending.ts';
import type { Timelines } from './timelines.ts';

export interface IntakeParts {
  readonly rules: Rules;
  readonly epoch: Epoch;
  readonly rows: ConversationRows;
  readonly fetch: ConversationFetch<ConversationAnswer>;
  readonly sending: Sending;
  readonly timelines: Timelines;
  readonly reading: Reading;
  readonly rewinds: Pick<Rewinds<never>, 'compare'>;
  blockChanged(change: { readonly userId: string; readonly blocked: boolean }): void;
}

/** Where everything that is learned arrives, and goes on to those whom it concerns. */
export class Intake {
  readonly #parts: IntakeParts;

  /** The parts know the intake and are made after it: they are looked up when something arrives. */
  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  reduce(event: DurableEvent): void {
    switch (event.type) {
      case 'entries.appended':
        if (this.#parts.epoch.accepts(event.epoch)) this.receive(event.conversationId, event.entries);
        return;
      case 'conversation.advanced':
        if (this.#parts.epoch.accepts(event.epoch)) this.#advance(event.conversationId, event.headRev);
        return;
      case 'watermark.raised':
        if (this.#parts.epoch.accepts(event.epoch)) this.#parts.reading.raised(event);
        return;
      case 'conversation.joined':
        void this.#parts.fetch.ensure(event.conversationId);
        return;
      case 'conversation.left':
        this.drop(event.conversationId);
        return;
      case 'preferences.changed':
        this.#parts.rows.prefer(event.conversationId, event.preferences);
        return;
      case 'block.changed':
        this.#parts.blockChanged({ userId: event.userId, blocked: event.blocked });
    }
  }

  /** Entries that the log holds, from a live event or the answer to a send. */
  receive(conversationId: string, entries: readonly Entry[]): void {
    this.#parts.timelines.receive(conversationId, entries);
    this.seen(conversationId, entries);
    if (!this.#parts.rows.has(conversationId)) void this.#parts.fetch.ensure(conversationId);
    this.#parts.reading.received(conversationId);
  }

  #advance(conversationId: string, headRev: number): void {
    const cursor = this.#parts.timelines.rangeOf(conversationId)?.cursor ?? Infinity;
    const held = Math.min(cursor, this.#parts.rows.headOf(conversationId));
    if (!this.#parts.rules.isAdvanced(held, headRev)) return;
    if (!this.#parts.timelines.advance(conversationId, headRev))
      void this.#parts.fetch.ensure(conversationId);
  }

  seen(conversationId: string, entries: readonly Entry[]): void {
    this.#parts.rows.receive(conversationId, entries);
    this.#parts.sending.outbox.confirm(conversationId, entries);
    this.#parts.reading.seen(conversationId, entries);
  }

  stored(conversationId: string, { epoch, entry }: Stored): boolean {
    if (!this.#parts.epoch.accepts(epoch)) return false;
    this.receive(conversationId, [entry]);
    return true;
  }

  #merge(conversation: Conversation): void {
    const held = this.#parts.rows.get(conversation.id)?.conversation;
    const readSeq = this.#parts.reading.knownReadSeq(conversation.id);
    this.#parts.rewinds.compare(held && { ...held, readSeq }, conversation);
    this.#parts.rows.merge(conversation);
    this.#parts.reading.answered(conversation.id);
  }

  async found(conversation: Conversation): Promise<void> {
    const isNew = !this.#parts.rows.has(conversation.id);
    this.#merge(conversation);
    if (isNew) {
      this.#parts.timelines.revive(conversation.id);
      this.#parts.reading.revive(conversation.id);
    }
    await this.#parts.timelines.compareHead(conversation.id);
    this.#parts.reading.received(conversation.id);
  }

  async apply(conversations: ReadonlyMap<string, Conversation>): Promise<void> {
    const known = new Set([...this.#parts.rows.ids, ...this.#parts.timelines.openIds]);
    const absent = [...known].filter((conversationId) => !conversations.has(conversationId));
    this.#parts.rows.status = 'ready';
    const pulls = [...conversations.values()].map(async (conversation) => {
      this.#merge(conversation);
      this.#parts.timelines.revive(conversation.id);
      await this.#parts.timelines.compareHead(conversation.id);
    });
    // Absent from the list may mean moved while paging, or joined meanwhile: only its own not-found drops it.
    await Promise.all([
      ...pulls,
      ...absent.map((conversationId) => this.#parts.fetch.ensure(conversationId)),
    ]);
  }

  drop(conversationId: string): void {
    this.#parts.fetch.cancel(conversationId);
    this.#parts.rows.remove(conversationId);
    this.#parts.timelines.drop(conversationId);
    this.#parts.reading.drop(conversationId);
  }

  /** An answer says that something is not as it is held here; for a conversation not in the list, that it is not ours. */
  doubt(conversationId: string): void {
    if (this.#parts.rows.has(conversationId)) void this.#parts.fetch.ensure(conversationId);
    else this.#parts.timelines.drop(conversationId);
  }
}
