import { docOf } from '../bson/value.ts';
import { changeDocuments } from '../write/change-documents.ts';
import type { Collection } from './collection.ts';
import type { IndexSpec } from './index-spec.ts';
import type { Store } from './store.ts';

/** Removes documents whose TTL index says that they expired. */
export class TtlSweeper {
  readonly #store: Store;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> | undefined;
  #closing = false;

  constructor(store: Store, intervalMs: number) {
    this.#store = store;
    this.#timer = setInterval(() => {
      this.#running ??= this.#sweep().finally(() => {
        this.#running = undefined;
      });
    }, intervalMs);
    this.#timer.unref();
  }

  async close(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  async #sweep(): Promise<void> {
    for (const collection of this.#store.catalog.all()) {
      for (const index of collection.indexes) {
        if (this.#closing) return;
        try {
          await this.#expire(collection, index);
        } catch (error) {
          this.#store.log({ level: 'warn', msg: 'TTL pass failed', index: index.name, error: String(error) });
        }
      }
    }
  }

  async #expire(collection: Collection, index: IndexSpec): Promise<void> {
    const [field] = index.fields;
    if (index.expireAfterSeconds === undefined || field === undefined || !index.ready) return;
    const before = new Date(Date.now() - index.expireAfterSeconds * 1000);
    // $and with the partial filter keeps to what the index holds.
    const filter = docOf({ [field]: docOf({ $lte: before }) });
    const whole = index.partialFilter === undefined ? filter : docOf({ $and: [filter, index.partialFilter] });
    const { ns, database, name } = collection;
    await changeDocuments(
      this.#store,
      { ns, database, collection: name },
      { selection: { filter: whole, limit: 0, hint: index.name }, update: undefined, upsert: false },
    );
  }
}
