import type { Conversation, Entry, Preferences } from '@confab/contract';
import { asWanted, compareRows, isHidden, rowOf } from './conversation-row.ts';
import {
  concernsReader,
  isUnknownMessage,
  withAnswer,
  withEntries,
  withPreferences,
  type HeldConversation,
} from './held-conversation.ts';
import {
  needsCount,
  shownOf,
  unreadOf,
  withCount,
  withNews,
  withRead,
  type HeldUnread,
  type Reader,
} from './held-unread.ts';
import type { PreferenceChange } from './preferences.ts';
import type { Range } from './range.ts';
import type { KeptConversation } from './storage/sync-storage.ts';
import { View } from './view.ts';
import type { ConversationList, ConversationRow, TimelineItem } from './views.ts';

export interface RowsHost {
  readonly userId: string;
  previewOf(conversation: Conversation): TimelineItem | null;
  rangeOf(conversationId: string): Range | null;
  /** What the reader wants of their preferences, and the server does not know yet. */
  wantedOf(conversationId: string): PreferenceChange | null;
  /** Something was heard that only the server can put into the row. */
  doubt(conversationId: string): void;
  changed(conversationId: string): void;
}

interface Held {
  readonly conversation: HeldConversation;
  readonly unread: HeldUnread;
  readonly answered: boolean;
}

/**
 * The rows, and the views on them. An event costs its own row, independent of messages held; the sorted list is
 * made once per microtask in which a row changed and somebody looks: n log n string comparisons, no row rebuilt.
 */
export class ConversationRows {
  readonly list: View<ConversationList>;
  readonly unreadTotal: View<number>;
  readonly #host: RowsHost;
  readonly #held = new Map<string, Held>();
  readonly #rows = new Map<string, ConversationRow>();
  readonly #views = new Map<string, View<ConversationRow | null>>();
  #status: ConversationList['status'] = 'loading';
  #blocked: ReadonlySet<string> = new Set();

  constructor(host: RowsHost) {
    this.#host = host;
    this.list = new View<ConversationList>(() => {
      const rows = [...this.#rows.values()].filter((row) => !isHidden(row)).sort(compareRows);
      return { status: this.#status, rows };
    });
    this.unreadTotal = new View<number>(() => {
      const counted = [...this.#rows.values()].filter((row) => {
        return !row.conversation.preferences.muted && !isHidden(row);
      });
      return counted.reduce((sum, { unread }) => sum + unread, 0);
    });
  }

  /** Whom the reader blocked: what these write is not counted. The server's counts know it already. */
  set blocked(userIds: ReadonlySet<string>) {
    this.#blocked = userIds;
    for (const conversationId of this.ids) this.refresh(conversationId);
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

  get(conversationId: string): ConversationRow | undefined {
    return this.#rows.get(conversationId);
  }

  has(conversationId: string): boolean {
    return this.#rows.has(conversationId);
  }

  /** The highest rev heard of; 0 for a conversation that is not in the list. */
  headOf(conversationId: string): number {
    return this.#rows.get(conversationId)?.conversation.headRev ?? 0;
  }

  merge(answer: Conversation): void {
    const held = this.#held.get(answer.id);
    const last = answer.lastMessage === null ? [] : [answer.lastMessage];
    this.#hold(answer.id, {
      conversation: withAnswer(held?.conversation, answer, this.#host.userId),
      unread: withNews(withCount(held?.unread, answer), last, this.#reader),
      answered: true,
    });
  }

  /** A row as an earlier page left it; any answer of the server counts more. */
  restore({ conversation, shown }: KeptConversation): void {
    const unread = withCount(undefined, { ...shown, headRev: 0 });
    this.#hold(conversation.id, {
      conversation: withAnswer(undefined, conversation, this.#host.userId),
      unread,
      answered: false,
    });
  }

  /** The row as a later page needs it. */
  keptOf(conversationId: string): KeptConversation | null {
    const held = this.#held.get(conversationId);
    const row = this.#rows.get(conversationId);
    if (held === undefined || row === undefined) return null;
    return { conversation: row.conversation, shown: shownOf(held.unread, row.unread) };
  }

  receive(conversationId: string, entries: readonly Entry[]): void {
    const held = this.#held.get(conversationId);
    if (held === undefined) return;
    const conversation = withEntries(held.conversation, entries);
    const unread = withNews(held.unread, entries, this.#reader);
    this.#hold(conversationId, { ...held, conversation, unread });
    const isDoubtful = isUnknownMessage(conversation, entries) || concernsReader(held.conversation, entries);
    if (isDoubtful) this.#host.doubt(conversationId);
  }

  /** The server told how the reader wants it. */
  prefer(conversationId: string, preferences: Preferences): void {
    const held = this.#held.get(conversationId);
    if (held === undefined) return;
    this.#hold(conversationId, { ...held, conversation: withPreferences(held.conversation, preferences) });
  }

  /** Read up to `seq`, here or on another device; `told` when the server knows. */
  read(conversationId: string, seq: number, told: boolean): void {
    const held = this.#held.get(conversationId);
    if (held !== undefined) this.#hold(conversationId, { ...held, unread: withRead(held.unread, seq, told) });
  }

  /** What a row is made of besides the conversation changed: the outgoing messages, the entries held. */
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

  get #reader(): Reader {
    return { userId: this.#host.userId, blocked: this.#blocked };
  }

  #hold(conversationId: string, held: Held): void {
    const before = this.#held.get(conversationId);
    this.#held.set(conversationId, held);
    const surroundings = { range: this.#host.rangeOf(conversationId), reader: this.#reader };
    if (before !== undefined && needsCount(before.unread, held.unread, surroundings)) {
      this.#host.doubt(conversationId);
    }
    const previous = this.#rows.get(conversationId);
    const { current } = held.conversation;
    const row = rowOf(
      {
        conversation: asWanted(current, this.#host.wantedOf(conversationId), previous?.conversation),
        preview: this.#host.previewOf(current),
        unread: unreadOf(held.unread, surroundings),
        readSeq: held.unread.readSeq,
        answered: held.answered,
      },
      previous,
    );
    if (row === previous) return;
    this.#rows.set(conversationId, row);
    this.#changed(conversationId);
  }

  #changed(conversationId: string): void {
    this.#views.get(conversationId)?.invalidate();
    this.list.invalidate();
    this.unreadTotal.invalidate();
    this.#host.changed(conversationId);
  }
}
