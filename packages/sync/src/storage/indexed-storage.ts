import { deleteDB, openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { Outgoing } from '../outgoing.ts';
import {
  isAhead,
  keptRangesMax,
  type CacheChanges,
  type KeptConversation,
  type KeptDraft,
  type KeptList,
  type KeptOutbox,
  type KeptRange,
  type OutboxStep,
  type SyncStorage,
} from './sync-storage.ts';

/** Raised with every new store. */
const databaseVersion = 2;

/** Of what is written below. Raised when an older or newer program would misread it. */
const cacheVersion = 2;
const outboxVersion = 1;

interface OutboxRecord {
  /** Given by the database: the order of writing, over all tabs. */
  readonly order?: number;
  readonly version: number;
  readonly clientId: string;
  readonly conversationId: string;
  readonly outgoing: Outgoing;
}

interface Schema extends DBSchema {
  outbox: { key: number; value: OutboxRecord; indexes: { clientId: string } };
  drafts: { key: string; value: KeptDraft };
  conversations: { key: string; value: KeptConversation };
  ranges: { key: string; value: KeptRange; indexes: { openedAt: number } };
  cache: { key: 'cache'; value: { version: number; epoch: string | null } };
}

const cacheStores = ['cache', 'conversations', 'ranges'] as const;
type CacheTransaction = IDBPTransaction<Schema, (typeof cacheStores)[number][], 'readwrite'>;

/** One database per user: nobody else's is ever opened. */
function nameOf(userId: string): string {
  return `confab:${userId}`;
}

interface Endings {
  /** The connection is of no more use; another one can be opened. */
  readonly onCut: () => void;
  /** The database is being erased. */
  readonly onErased: () => void;
}

function createFirstStores(db: IDBPDatabase<Schema>): void {
  const outbox = db.createObjectStore('outbox', { keyPath: 'order', autoIncrement: true });
  outbox.createIndex('clientId', 'clientId', { unique: true });
  db.createObjectStore('conversations', { keyPath: 'conversation.id' });
  db.createObjectStore('ranges', { keyPath: 'conversationId' }).createIndex('openedAt', 'openedAt');
  db.createObjectStore('cache');
}

async function open(userId: string, { onCut, onErased }: Endings): Promise<IDBPDatabase<Schema>> {
  const name = nameOf(userId);
  // An open connection would make whoever erases or upgrades it wait.
  const endings = {
    blocking: (_current: number, wanted: number | null) => {
      if (wanted === null) onErased();
      else onCut();
    },
    terminated: onCut,
  };
  return openDB<Schema>(name, databaseVersion, {
    ...endings,
    upgrade(db, from) {
      if (from < 1) createFirstStores(db);
      db.createObjectStore('drafts', { keyPath: 'conversationId' });
    },
  }).catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'VersionError') throw error;
    // A newer program has been here: its database is used as it is, each record by its own version.
    return openDB<Schema>(name, undefined, endings);
  });
}

async function emptyCache(transaction: CacheTransaction, epoch: string | null): Promise<void> {
  await Promise.all([
    transaction.objectStore('conversations').clear(),
    transaction.objectStore('ranges').clear(),
    transaction.objectStore('cache').put({ version: cacheVersion, epoch }, 'cache'),
  ]);
}

async function putRange(transaction: CacheTransaction, given: KeptRange): Promise<void> {
  const ranges = transaction.objectStore('ranges');
  if (!isAhead(await ranges.get(given.conversationId), given)) await ranges.put(given);
}

async function dropOldestRanges(transaction: CacheTransaction): Promise<void> {
  const ranges = transaction.objectStore('ranges');
  const surplus = (await ranges.count()) - keptRangesMax;
  if (surplus <= 0) return;
  const keys = await ranges.index('openedAt').getAllKeys(null, surplus);
  await Promise.all(keys.map((key) => ranges.delete(key)));
}

/** A browser's lasting storage. Opened with the first call; all calls reject when the browser refuses. */
export class IndexedStorage implements SyncStorage {
  readonly #userId: string;
  #db: Promise<IDBPDatabase<Schema>> | null = null;
  #closed = false;

  constructor(userId: string) {
    this.#userId = userId;
  }

  async loadOutbox(): Promise<KeptOutbox> {
    const db = await this.#open();
    const records = await db.getAll('outbox');
    const readable = records.filter(({ version }) => version === outboxVersion);
    return {
      outgoing: readable.map(({ conversationId, outgoing }) => ({ conversationId, outgoing })),
      unreadable: records.length - readable.length,
    };
  }

  async writeOutbox(steps: readonly OutboxStep[]): Promise<void> {
    const db = await this.#open();
    const transaction = db.transaction('outbox', 'readwrite');
    const write = async (): Promise<void> => {
      for (const step of steps) {
        const clientId = step.type === 'put' ? step.outgoing.clientId : step.clientId;
        const order = await transaction.store.index('clientId').getKey(clientId);
        if (step.type === 'put') {
          const { conversationId, outgoing } = step;
          const record = { version: outboxVersion, clientId, conversationId, outgoing };
          await transaction.store.put(order === undefined ? record : { ...record, order });
        } else if (order !== undefined) {
          await transaction.store.delete(order);
        }
      }
    };
    await Promise.all([write(), transaction.done]);
  }

  async loadDrafts() {
    const db = await this.#open();
    return db.getAll('drafts');
  }

  async writeDrafts(drafts: readonly KeptDraft[]): Promise<void> {
    const db = await this.#open();
    const transaction = db.transaction('drafts', 'readwrite');
    const steps = drafts.map((draft) =>
      draft.text === '' ? transaction.store.delete(draft.conversationId) : transaction.store.put(draft),
    );
    // A page that is being left does not live to see its writes done, which would commit them.
    transaction.commit();
    await Promise.all([...steps, transaction.done]);
  }

  async loadList() {
    const db = await this.#open();
    const transaction = db.transaction(cacheStores, 'readwrite');
    const load = async (): Promise<KeptList | null> => {
      const cache = await transaction.objectStore('cache').get('cache');
      if (cache?.version !== cacheVersion) await emptyCache(transaction, null);
      if (cache?.version !== cacheVersion || cache.epoch === null) return null;
      const conversations = await transaction.objectStore('conversations').getAll();
      return { epoch: cache.epoch, conversations };
    };
    const [list] = await Promise.all([load(), transaction.done]);
    return list;
  }

  async loadRange(conversationId: string) {
    const db = await this.#open();
    return (await db.get('ranges', conversationId)) ?? null;
  }

  async writeCache({ epoch, conversations, ranges, removed }: CacheChanges): Promise<void> {
    const db = await this.#open();
    const transaction = db.transaction(cacheStores, 'readwrite');
    const write = async (): Promise<void> => {
      const cache = await transaction.objectStore('cache').get('cache');
      if (cache?.version !== cacheVersion || cache.epoch !== epoch) await emptyCache(transaction, epoch);
      await Promise.all([
        ...conversations.map((kept) => transaction.objectStore('conversations').put(kept)),
        ...ranges.map((kept) => putRange(transaction, kept)),
        ...removed.flatMap((id) => [
          transaction.objectStore('conversations').delete(id),
          transaction.objectStore('ranges').delete(id),
        ]),
      ]);
      await dropOldestRanges(transaction);
    };
    await Promise.all([write(), transaction.done]);
  }

  async clearCache(): Promise<void> {
    const db = await this.#open();
    const transaction = db.transaction(cacheStores, 'readwrite');
    await Promise.all([emptyCache(transaction, null), transaction.done]);
  }

  close(): void {
    this.#closed = true;
    void this.#disconnect();
  }

  async erase(): Promise<void> {
    this.#closed = true;
    await this.#disconnect();
    await deleteDB(nameOf(this.#userId));
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    // Opening again after the end would bring back a database that was just erased.
    if (this.#closed) return Promise.reject(new Error('This storage is closed.'));
    this.#db ??= open(this.#userId, {
      onCut: () => void this.#disconnect(),
      onErased: () => {
        this.close();
      },
    });
    return this.#db;
  }

  /** Waits for what is under way. */
  async #disconnect(): Promise<void> {
    const db = this.#db;
    this.#db = null;
    await db?.then(
      (opened) => {
        opened.close();
      },
      // It was never open.
      () => undefined,
    );
  }
}
