import type { UserPage } from '@confab/contract';
import type { ConnectionState, Store } from '@confab/sync';
import type { Client } from '../../lib/client.ts';
import { KeyedStore } from '../../lib/keyed-store.ts';

/** Whom the reader blocked. Fetched on every connect, followed live, and changed at once by the reader's own press. */
export class BlockedPeople {
  readonly #client: Client;
  readonly #blocked = new KeyedStore<true>();
  readonly #shown = new KeyedStore<true>();
  #ids = new Set<string>();
  /** Counts what was heard: an answer that was under way meanwhile is older. */
  #heard = 0;

  constructor(client: Client) {
    this.#client = client;
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

  /** Asks on every connect: what another device did while this one was away is not told. Returns how to stop. */
  start(connection: Store<ConnectionState>): () => void {
    return connection.subscribe(() => {
      // Without an answer the last known ones stay; the next connect asks again.
      if (connection.get() === 'online') this.#fetch().catch(() => undefined);
    });
  }

  /** As heard from another device. */
  set(userId: string, blocked: boolean): void {
    this.#heard += 1;
    if (blocked) {
      this.#ids.add(userId);
      this.#blocked.set(userId, true);
    } else {
      this.#ids.delete(userId);
      this.#blocked.delete(userId);
    }
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
    if (heard !== this.#heard) return;
    const now = new Set(ids);
    for (const id of this.#ids) if (!now.has(id)) this.#blocked.delete(id);
    for (const id of now) this.#blocked.set(id, true);
    this.#ids = now;
  }
}
