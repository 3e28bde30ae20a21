import { withOutgoing, type OutgoingChange } from './outgoing.ts';
import type { OutgoingMessage, TimelineItem, VisibleEntry } from './views.ts';

interface Changing {
  readonly changes: readonly OutgoingChange[];
  readonly item: TimelineItem;
}

/** Makes timeline rows: the same row object for the same entry or message, every time. */
export class Items {
  readonly #userId: string;
  readonly #items = new WeakMap<VisibleEntry | OutgoingMessage, TimelineItem>();
  readonly #changing = new WeakMap<VisibleEntry, Changing>();

  constructor(userId: string) {
    this.#userId = userId;
  }

  /**
   * Our own entries are keyed by client id, as their outgoing form was. Everybody else's by entry id: their client
   * ids are theirs to choose, and could repeat ours.
   */
  ofEntry(entry: VisibleEntry, changes: readonly OutgoingChange[] = []): TimelineItem {
    const key = entry.senderId === this.#userId ? entry.clientId : entry.id;
    if (changes.length === 0) {
      return this.#remember(entry, { type: 'entry', key, entry, changing: false });
    }
    const known = this.#changing.get(entry);
    const isSame = known?.changes.length === changes.length;
    if (isSame && changes.every((change, index) => change === known.changes[index])) return known.item;
    const item: TimelineItem = { type: 'entry', key, entry: this.#changed(entry, changes), changing: true };
    this.#changing.set(entry, { changes, item });
    return item;
  }

  ofOutgoing(message: OutgoingMessage): TimelineItem {
    return this.#remember(message, { type: 'outgoing', key: message.clientId, message });
  }

  #changed(entry: VisibleEntry, changes: readonly OutgoingChange[]): VisibleEntry {
    if (entry.kind !== 'message') return entry;
    return changes.reduce((message, change) => withOutgoing(message, change, this.#userId), entry);
  }

  #remember(source: VisibleEntry | OutgoingMessage, item: TimelineItem): TimelineItem {
    const known = this.#items.get(source);
    if (known !== undefined) return known;
    this.#items.set(source, item);
    return item;
  }
}
