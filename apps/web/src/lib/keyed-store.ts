import type { Store } from '@confab/sync';

/** Many values by key, each of which is watched on its own: a change of one disturbs nobody who watches another. */
export class KeyedStore<Value> {
  readonly #values = new Map<string, Value>();
  readonly #listeners = new Map<string, Set<() => void>>();

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: Value): void {
    if (Object.is(this.get(key), value)) return;
    this.#values.set(key, value);
    this.#announce(key);
  }

  delete(key: string): void {
    if (this.#values.delete(key)) this.#announce(key);
  }

  /** One key as a store of its own. */
  at(key: string): Store<Value | undefined> {
    return {
      get: () => this.get(key),
      subscribe: (listener) => {
        const listeners = this.#listeners.get(key) ?? new Set();
        this.#listeners.set(key, listeners.add(listener));
        return () => {
          listeners.delete(listener);
          if (listeners.size === 0 && this.#listeners.get(key) === listeners) this.#listeners.delete(key);
        };
      },
    };
  }

  #announce(key: string): void {
    for (const listener of [...(this.#listeners.get(key) ?? [])]) listener();
  }
}
