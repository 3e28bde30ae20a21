import type { Conversation, Entry } from '@confab/contract';
import { compareRows, rowOf } from './conversation-row.ts';
import { withAnswer, withEntries, type HeldConversation } from './held-conversation.ts';
import { View } from './view.ts';
import type { ConversationList, ConversationRow, TimelineItem } from './views.ts';

/**
 * The rows, and the views on them. An event costs its own row, independent of messages held; the sorted list is
 * made once per microtask in which a row changed and somebody looks: n log n string comparisons, no row rebuilt.
 */
export class ConversationRows {
  readonly list: View<ConversationList>;
  readonly #previewOf: (conversation: Conversation) => TimelineItem | null;
  readonly #held = new Map<string, HeldConversation>();
  readonly #rows = new Map<string, ConversationRow>();
  readonly #views = new Map<string, View<ConversationRow | null>>();
  #status: ConversationList['status'] = 'loading';

  constructor(previewOf: (conversation: Conversation) => TimelineItem | null) {
    this.#previewOf = previewOf;
    this.list = new View<ConversationList>(() => {
      return { status: this.#status, rows: [...this.#rows.values()].sort(compareRows) };
    });
  }

  get ids(): readonly string[] {
    return [...this.#rows.keys()];
  }

  get status(): ConversationList['status'] {
    return this.#status;
  }

  set status(status: ConversationList['status']) {
    if (status === this.#status) return;
    this.#status = status;
    this.list.invalidate();
  }

  view(conversationId: string): View<ConversationRow | null> {
    const known = this.#views.get(conversationId);
    if (known !== undefined) return known;
    const view = new View(() => this.#rows.get(conversationId) ?? null);
    this.#views.set(conversationId, view);
    return view;
  }

  has(conversationId: string): boolean {
    return this.#rows.has(conversationId);
  }

  /** The highest rev heard of; 0 for a conversation that is not in the list. */
  headOf(conversationId: string): number {
    return this.#rows.get(conversationId)?.conversation.headRev ?? 0;
  }

  merge(answer: Conversation): void {
    this.#hold(answer.id, withAnswer(this.#held.get(answer.id), answer));
  }

  receive(conversationId: string, entries: readonly Entry[]): void {
    const held = this.#held.get(conversationId);
    if (held !== undefined) this.#hold(conversationId, withEntries(held, entries));
  }

  /** The outgoing messages of a conversation changed. */
  refresh(conversationId: string): void {
    const held = this.#held.get(conversationId);
    if (held !== undefined) this.#hold(conversationId, held);
  }

  remove(conversationId: string): void {
    this.#held.delete(conversationId);
    if (this.#rows.delete(conversationId)) this.#changed(conversationId);
  }

  forget(): void {
    for (const conversationId of this.ids) this.remove(conversationId);
    this.status = 'loading';
  }

  #hold(conversationId: string, held: HeldConversation): void {
    this.#held.set(conversationId, held);
    const previous = this.#rows.get(conversationId);
    const row = rowOf(held.current, this.#previewOf(held.current), previous);
    if (row === previous) return;
    this.#rows.set(conversationId, row);
    this.#changed(conversationId);
  }

  #changed(conversationId: string): void {
    this.#views.get(conversationId)?.invalidate();
    this.list.invalidate();
  }
}
