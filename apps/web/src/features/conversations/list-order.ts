import type { ConversationRow } from '@confab/sync';

const order = ['pinned', 'unread', 'earlier'] as const;
export type Part = (typeof order)[number];

export interface ListSection {
  /** `earlier`: everything that is neither pinned nor unread. Null for a list that has no parts. */
  readonly kind: Part | null;
  readonly rows: readonly ConversationRow[];
}

const isUnread = ({ unread, conversation }: ConversationRow) => unread > 0 && !conversation.preferences.muted;

/** In which order one's conversations stand, for the eye and for the keys that go from one to the next. */
export class ListOrder {
  #open: { readonly id: string; readonly isUnread: boolean } | null = null;

  /**
   * The pinned ones, the unread ones, the others, each in the given order; muted ones ask for nothing and stand with the
   * others. The open one stays in the part that it was opened from: what is read must not jump away from the pointer.
   */
  sections(rows: readonly ConversationRow[], openId: string | null): readonly ListSection[] {
    this.#look(rows, openId);
    const parts: Record<Part, ConversationRow[]> = { pinned: [], unread: [], earlier: [] };
    for (const row of rows) parts[this.#partOf(row)].push(row);
    if (parts.pinned.length + parts.unread.length === 0) return [{ kind: null, rows }];
    return order.map((kind) => ({ kind, rows: parts[kind] })).filter((section) => section.rows.length > 0);
  }

  /** Once for each visit, when the conversation is first known: asking again changes nothing. */
  #look(rows: readonly ConversationRow[], openId: string | null): void {
    if (this.#open?.id === openId) return;
    const row = rows.find(({ conversation }) => conversation.id === openId);
    this.#open = row ? { id: row.conversation.id, isUnread: isUnread(row) } : null;
  }

  #partOf(row: ConversationRow): Part {
    const { id, preferences } = row.conversation;
    if (preferences.pinned) return 'pinned';
    const unread = this.#open?.id === id ? this.#open.isUnread : isUnread(row);
    return unread ? 'unread' : 'earlier';
  }
}
