import { limits, type User } from '@confab/contract';
import type { Store } from '@confab/sync';
import type { Client } from '../../lib/client.ts';
import { KeyedStore } from '../../lib/keyed-store.ts';

/** Ids asked for within this time travel in one call. */
const gatherMs = 15;
const againMs = 5_000;

/** The people this page has met. Whoever is missing is fetched when somebody looks. */
export class UserDirectory {
  readonly #client: Client;
  readonly #users = new KeyedStore<User>();
  readonly #wanted = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Client) {
    this.#client = client;
  }

  /** One user; undefined until known. */
  of(userId: string): Store<User | undefined> {
    const store = this.#users.at(userId);
    return {
      get: () => store.get(),
      subscribe: (listener) => {
        if (store.get() === undefined) this.#want(userId);
        return store.subscribe(listener);
      },
    };
  }

  /** Takes in people that came with another answer. Known ones keep their identity: names do not change. */
  learn(users: readonly User[]): void {
    for (const user of users) if (this.#users.get(user.id) === undefined) this.#users.set(user.id, user);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #want(userId: string): void {
    this.#wanted.add(userId);
    this.#timer ??= setTimeout(() => void this.#fetch(), gatherMs);
  }

  async #fetch(): Promise<void> {
    const ids = [...this.#wanted]
      .filter((id) => this.#users.get(id) === undefined)
      .slice(0, limits.idsPerRequestMax);
    this.#timer = undefined;
    if (ids.length === 0) return;
    try {
      this.learn(await this.#client.users.byIds.query({ ids }));
      for (const id of ids) this.#wanted.delete(id);
      if (this.#wanted.size > 0) this.#timer = setTimeout(() => void this.#fetch(), gatherMs);
    } catch {
      // Names are missing until the server answers again; the rows stand without them.
      this.#timer = setTimeout(() => void this.#fetch(), againMs);
    }
  }
}
