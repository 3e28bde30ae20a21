import { randomInt } from 'node:crypto';
import { type Collection, MongoClient, MongoError } from 'mongodb';
import type { StoreProcess } from './start-store-process.ts';
import { writeVersion, type WrittenDocument } from './written-document.ts';

export const writers = 32;

/** What a store must hold after it was killed. */
export interface Acknowledged {
  /** The last acknowledged version of each document. */
  versions: Map<string, number>;
  /** The version that each writer waited for when the store died: it may be there or not. */
  inFlight: Map<string, number>;
}

/** Every index kind that a kill could leave apart from the documents. */
export const indexes = [
  { key: { writer: 1, version: -1 }, name: 'writer_version' },
  { key: { sum: 1 }, name: 'sum', unique: true },
  { key: { tags: 1 }, name: 'tags' },
] as const;

/**
 * 32 writers insert and update on `store` until `enough` writes have been acknowledged; then the store is killed with
 * their next ones under way.
 */
export async function writeUntilKilled(
  store: StoreProcess,
  name: string,
  enough: number,
): Promise<Acknowledged> {
  const client = await new MongoClient(store.uri, { maxPoolSize: writers, retryWrites: false }).connect();
  try {
    const collection = client.db('durability').collection<WrittenDocument>(name);
    await collection.createIndexes(indexes.map((index) => ({ ...index })));
    return await writeAll(collection, { store, enough });
  } finally {
    await client.close();
  }
}

async function writeAll(
  collection: Collection<WrittenDocument>,
  { store, enough }: { store: StoreProcess; enough: number },
): Promise<Acknowledged> {
  const acknowledged: Acknowledged = { versions: new Map(), inFlight: new Map() };
  const state: { writes: number; death: Promise<void> | null } = { writes: 0, death: null };
  const write = async (writer: number): Promise<void> => {
    const own: string[] = [];
    for (;;) {
      const old = own.length > 0 && randomInt(2) === 0 ? own[randomInt(own.length)] : undefined;
      const id = old ?? `${writer}-${own.length}`;
      const version = (acknowledged.versions.get(id) ?? 0) + 1;
      acknowledged.inFlight.set(id, version);
      try {
        await writeOne(collection, writeVersion(id, writer, version));
      } catch (error) {
        if (state.death && (error instanceof MongoError || isBrokenSocket(error))) return;
        throw error;
      }
      acknowledged.inFlight.delete(id);
      acknowledged.versions.set(id, version);
      if (old === undefined) own.push(id);
      state.writes += 1;
      if (state.writes >= enough) state.death ??= store.kill();
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  await state.death;
  return acknowledged;
}

/** The driver passes some failures of a socket on as they are. */
function isBrokenSocket(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

async function writeOne(collection: Collection<WrittenDocument>, document: WrittenDocument): Promise<void> {
  const { _id, ...fields } = document;
  if (document.version === 1) {
    await collection.insertOne(document);
    return;
  }
  const { matchedCount } = await collection.updateOne({ _id }, { $set: fields });
  if (matchedCount !== 1) throw new Error(`an acknowledged document is gone before any kill: ${_id}`);
}
