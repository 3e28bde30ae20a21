import type { UserPage } from '@confab/contract';
import type { Store, Sync } from '@confab/sync';
import type { Client } from '../../lib/client.ts';
import { KeyedStore } from '../../lib/keyed-store.ts';
import { Value } from '../../lib/value.ts';

/** Whom the reader blocked. Fetched on every connect, followed live, and changed at once by the reader's own press. */
export class BlockedPeople {
  readonly #client: Client;
  readonly #blocked = new KeyedStore<true>();
  readonly #shown = new KeyedStore<true>();
  /** Null before it is known. */
  readonly #ids = new Value<ReadonlySet<string> | null>(null);
  /** Counts what was heard: an answer that was under way meanwhile is older. */
  #heard = 0;

  constructor(client: Client) {
    this.#client = client;
  }

  /** All of them; null before they are known. */
  get ids(): Store<ReadonlySet<string> | null> {
    return this.#ids;
  }

  /** Undefined for whom the reader did not block. */
  of(userId: string): Store<true | undefined> {
    return this.#blocked.at(userId);
  }

  /** Whether the reader unfolded this message of somebody blocked. */
  shown(messageId: string): Store<true | undefined> {
    return this.#shown.at(messageId);
  }

  show(messageId: string): void {
    this.#shown.set(messageId, true);
  }

  /** Blocks or unblocks: seen at once. @throws what the server refused; nothing is changed then */
  async change(userId: string, blocked: boolean): Promise<void> {
    this.set(userId, blocked);
    try {
      await this.#client.users[blocked ? 'block' : 'unblock'].mutate({ userId });
    } catch (error) {
      this.set(userId, !blocked);
      throw error;
    }
  }

  /**
   * Asks on every connect: what another device did while this one was away is not told. What blocked people write
   * leaves the counts. Returns how to stop.
   */
  start(sync: Pick<Sync, 'connection' | 'setBlocked'>): () => void {
    const { connection } = sync;
    const stops = [
      this.#ids.subscribe(() => {
        sync.setBlocked(this.#ids.get() ?? new Set());
      }),
      connection.subscribe(() => {
        // Without an answer the last known ones stay; the next connect asks again.
        if (connection.get() === 'online') this.#fetch().catch(() => undefined);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** As heard from another device. */
  set(userId: string, blocked: boolean): void {
    this.#heard += 1;
    const ids = new Set(this.#ids.get());
    if (blocked) ids.add(userId);
    else ids.delete(userId);
    this.#hold(ids);
  }

  #hold(ids: ReadonlySet<string>): void {
    for (const id of this.#ids.get() ?? []) if (!ids.has(id)) this.#blocked.delete(id);
    for (const id of ids) this.#blocked.set(id, true);
    this.#ids.set(ids);
  }

  async #fetch(): Promise<void> {
    const heard = this.#heard;
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page: UserPage = await this.#client.users.blocked.query(cursor === null ? {} : { cursor });
      ids.push(...page.users.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    if (heard === this.#heard) this.#hold(new Set(ids));
    else await this.#fetch();
  }
}
