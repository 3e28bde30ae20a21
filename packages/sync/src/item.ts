import type { OutgoingMessage, TimelineItem, VisibleEntry } from './views.ts';

/** Makes timeline rows: the same row object for the same entry or message, every time. */
export class Items {
  readonly #userId: string;
  readonly #items = new WeakMap<VisibleEntry | OutgoingMessage, TimelineItem>();

  constructor(userId: string) {
    this.#userId = userId;
  }

  /**
   * Our own entries are keyed by client id, as their outgoing form was. Everybody else's by entry id: their client
   * ids are theirs to choose, and could repeat ours.
   */
  ofEntry(entry: VisibleEntry): TimelineItem {
    const key = entry.senderId === this.#userId ? entry.clientId : entry.id;
    return this.#remember(entry, { type: 'entry', key, entry });
  }

  ofOutgoing(message: OutgoingMessage): TimelineItem {
    return this.#remember(message, { type: 'outgoing', key: message.clientId, message });
  }

  #remember(source: VisibleEntry | OutgoingMessage, item: TimelineItem): TimelineItem {
    const known = this.#items.get(source);
    if (known !== undefined) return known;
    this.#items.set(source, item);
    return item;
  }
}
