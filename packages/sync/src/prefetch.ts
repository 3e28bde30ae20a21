import type { ConversationRow } from './views.ts';

/** So many of the most recent conversations are loaded without being opened, and so many at a time. */
const conversationsMax = 30;
const atOnceMax = 3;

export interface PrefetchHost {
  /** Latest activity first. */
  rows(): readonly ConversationRow[];
  /** Nothing of it is held or asked for. */
  isIdle(conversationId: string): boolean;
  load(conversationId: string): Promise<void>;
}

/**
 * Loads direct conversations and groups that have news, so that "delivered" on the sender's screen is true: the
 * message is on this device, and not merely announced to it.
 */
export class Prefetch {
  readonly #host: PrefetchHost;
  /** Not tried again before the next comparison of heads. */
  #tried = new Set<string>();
  #running = 0;
  #connected = false;

  constructor(host: PrefetchHost) {
    this.#host = host;
  }

  /** Heads were compared. */
  connect(): void {
    this.#connected = true;
    this.#tried = new Set();
    this.look();
  }

  disconnect(): void {
    this.#connected = false;
  }

  /** There may be news that this device does not hold. */
  look(): void {
    if (!this.#connected || this.#running === atOnceMax) return;
    const recent = this.#host.rows().slice(0, conversationsMax);
    for (const { conversation } of recent) {
      if (this.#running === atOnceMax) return;
      const { id, kind, headRev, deliveredSeq } = conversation;
      const isDue = kind !== 'room' && headRev > deliveredSeq && !this.#tried.has(id);
      if (isDue && this.#host.isIdle(id)) void this.#load(id);
    }
  }

  async #load(conversationId: string): Promise<void> {
    this.#tried.add(conversationId);
    this.#running += 1;
    await this.#host.load(conversationId);
    this.#running -= 1;
    this.look();
  }
}
