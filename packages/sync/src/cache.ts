import type { ConversationRows } from './conversation-rows.ts';
import type { Epoch } from './epoch.ts';
import type { Range } from './range.ts';
import type { Reading } from './reading.ts';
import type { Rewinds } from './rewinds.ts';
import type { Device } from './storage/device.ts';

export interface CacheHost {
  readonly device: Device;
  readonly epoch: Epoch;
  readonly rows: ConversationRows;
  readonly reading: Reading;
  readonly rewinds: Pick<Rewinds<never>, 'compareKept' | 'restored'>;
}

/** What an earlier page left on this device: shown at once, until the server has been asked. */
export class Cache {
  readonly #host: CacheHost;
  #list: Promise<void> = Promise.resolve();
  /** Raised when what is still being loaded is no longer wanted. */
  #life = 0;

  constructor(host: CacheHost) {
    this.#host = host;
  }

  start(): void {
    this.#list = this.#restoreList();
  }

  stop(): void {
    this.#life += 1;
  }

  /** What is kept of a conversation's timeline, in the present epoch. */
  async range(conversationId: string): Promise<Range | null> {
    // The list comes first: its epoch is the cache's, and says what a head is compared with.
    await this.#list;
    // Of a conversation that is not in the list it may be a rest: whether it is still ours, the server says.
    if (!this.#host.rows.has(conversationId)) return null;
    const life = this.#life;
    const kept = await this.#host.device.loadRange(conversationId);
    return life === this.#life && kept !== null && this.#isPresent(kept.epoch) ? kept.range : null;
  }

  async #restoreList(): Promise<void> {
    const { device, rows, reading, rewinds } = this.#host;
    const life = this.#life;
    const list = await device.loadList();
    if (list === null || life !== this.#life) return;
    if (!this.#isPresent(list.epoch)) {
      device.clearCache();
      return;
    }
    // Whatever the server has answered meanwhile is newer.
    const isFirst = rows.status === 'loading';
    for (const kept of list.conversations) {
      const { conversation, shown } = kept;
      const answered = rows.get(conversation.id)?.conversation;
      if (answered !== undefined) rewinds.compareKept(conversation, answered);
      else if (isFirst) {
        rows.restore(kept);
        rewinds.restored(conversation);
      }
      reading.restore(conversation, shown.readSeq);
    }
    if (isFirst) rows.status = 'ready';
  }

  /** The first epoch that is heard of is the present one. */
  #isPresent(epoch: string): boolean {
    const { current } = this.#host.epoch;
    return current === null ? this.#host.epoch.accepts(epoch) : current === epoch;
  }
}
