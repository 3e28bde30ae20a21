import { CursorTable } from '../query/cursor-table.ts';
import { Catalog } from './catalog.ts';
import type { Collection } from './collection.ts';
import { lockDataDirectory } from './data-lock.ts';
import { openCompacted } from './compact-data.ts';
import { DiskRoom } from './disk-room.ts';
import type { Env } from './environment.ts';
import { GarbageCollector } from './garbage-collector.ts';
import { TtlSweeper } from './ttl-sweeper.ts';
import { Writer } from './writer.ts';
import { StoreError } from '../errors/store-error.ts';

/** Where a command works. */
export interface Namespace {
  /** `database.collection` */
  readonly ns: string;
  readonly database: string;
  readonly collection: string;
}

export type Log = (entry: Record<string, unknown>) => void;

export interface StoreOptions {
  readonly dataDir: string;
  readonly log: Log;
  /** How far the data file may grow. Default 64 GiB of address space; the file itself grows with its content. */
  readonly mapBytes?: number | undefined;
  /** How often expired documents are looked for. Default 60,000. */
  readonly ttlIntervalMs?: number | undefined;
}

const mapBytesDefault = 64 * 2 ** 30;

/** One open data directory: lock, lmdb, catalog, writer and the background work. */
export class Store {
  readonly env: Env;
  readonly catalog: Catalog;
  readonly writer: Writer;
  readonly cursors: CursorTable;
  readonly log: Log;
  readonly garbage: GarbageCollector;
  readonly room: DiskRoom;
  readonly #ttl: TtlSweeper;
  readonly #unlock: () => void;

  private constructor(env: Env, options: StoreOptions, unlock: () => void) {
    this.env = env;
    this.room = new DiskRoom(options.dataDir);
    this.log = options.log;
    this.#unlock = unlock;
    const catalog = new Catalog(env);
    this.catalog = catalog;
    this.writer = new Writer(env, {
      beforeCommit: () => {
        catalog.writeDirty();
      },
      afterAbort: () => {
        catalog.reload();
      },
    });
    this.cursors = new CursorTable();
    this.garbage = new GarbageCollector(this);
    this.#ttl = new TtlSweeper(this, options.ttlIntervalMs ?? 60_000);
  }

  /** Throws StartError when the directory is in use or its format unknown. */
  static async open(options: StoreOptions): Promise<Store> {
    const unlock = lockDataDirectory(options.dataDir);
    try {
      const env = await openCompacted(options.dataDir, options.mapBytes ?? mapBytesDefault);
      const store = new Store(env, options, unlock);
      await store.#dropUnfinishedIndexes();
      store.garbage.wake();
      return store;
    } catch (error) {
      unlock();
      throw error;
    }
  }

  collection(ns: string): Collection | undefined {
    return this.catalog.find(ns);
  }

  /** Throws NamespaceNotFound. */
  requireCollection(ns: string): Collection {
    const collection = this.catalog.find(ns);
    if (collection === undefined) throw new StoreError('NamespaceNotFound', `ns does not exist: ${ns}`);
    return collection;
  }

  /** The collection, made inside the running transaction if it is not there. */
  ensureCollection({ ns, database, collection }: Namespace): Collection {
    return this.catalog.find(ns) ?? this.catalog.create(database, collection);
  }

  async close(): Promise<void> {
    this.cursors.close();
    await this.#ttl.close();
    await this.garbage.close();
    this.writer.close();
    await this.env.close();
    this.#unlock();
  }

  /** A build that a crash cut short was never acknowledged: its index goes. */
  async #dropUnfinishedIndexes(): Promise<void> {
    const unfinished = this.catalog.all().filter(({ indexes }) => indexes.some((index) => !index.ready));
    if (unfinished.length === 0) return;
    await this.writer.run(() => {
      for (const collection of unfinished) {
        for (const index of collection.indexes) if (!index.ready) this.catalog.discard(index.ident);
        collection.indexes = collection.indexes.filter((index) => index.ready);
        this.catalog.markSpec(collection);
      }
    });
  }
}
