import { identPrefix } from './environment.ts';
import type { Store } from './store.ts';

/** Entries removed in one transaction: short enough that no writer waits noticeably behind it. */
const sliceEntries = 500;

/** Removes the entries of dropped collections and indexes in slices; what a crash leaves is found again. */
export class GarbageCollector {
  readonly #store: Store;
  #running: Promise<void> | undefined;
  #closing = false;

  constructor(store: Store) {
    this.#store = store;
  }

  wake(): void {
    if (this.#closing) return;
    this.#running ??= this.#collect().finally(() => {
      this.#running = undefined;
    });
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.#running;
  }

  /** Resolves when nothing is left to remove. */
  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #collect(): Promise<void> {
    for (const ident of this.#store.catalog.garbage) {
      try {
        while (!this.#closing && !(await this.#removeSlice(ident)));
      } catch (error) {
        // A full disk refuses removals too (lmdb copies pages): the garbage stays listed for the next time.
        this.#store.log({
          level: 'warn',
          msg: 'dropped data could not be removed yet',
          error: String(error),
        });
        return;
      }
    }
  }

  /** True when the ident was empty and is forgotten. */
  #removeSlice(ident: number): Promise<boolean> {
    const { env, catalog, writer } = this.#store;
    return writer.run(() => {
      const range = { start: identPrefix(ident), end: identPrefix(ident + 1), limit: sliceEntries };
      const keys = [...env.getKeys(range)];
      for (const key of keys) env.removeSync(key);
      if (keys.length === sliceEntries) return false;
      catalog.forget(ident);
      return true;
    });
  }
}
