import { Binary, type Doc, docOf, RawDoc } from '../bson/value.ts';
import { Catalog } from '../storage/catalog.ts';
import type { Collection } from '../storage/collection.ts';
import { entryKey, identPrefix } from '../storage/environment.ts';
import type { Store } from '../storage/store.ts';
import type { Pace } from './pace.ts';

const chunkEntries = 256;

/**
 * Everything of one database as it was at one moment, while writes go on: for each collection
 * `{collection, options, uuid, indexes, count}`, then its documents as `{collection, document}`. The lmdb read
 * transaction that holds the moment keeps replaced pages from being used again, so it ends with the cursor.
 */
export async function* readSnapshot(
  store: Store,
  database: string,
  pace: Pace,
): AsyncGenerator<Doc, void, void> {
  const transaction = store.env.useReadTransaction();
  try {
    const catalog = new Catalog(store.env, transaction);
    for (const collection of catalog.inDatabase(database)) {
      yield describe(collection);
      let start = identPrefix(collection.ident);
      const end = identPrefix(collection.ident + 1);
      for (;;) {
        const chunk = [...store.env.getRange({ start, end, limit: chunkEntries, transaction })];
        for (const { value } of chunk) {
          yield docOf({ collection: collection.name, document: new RawDoc(value) });
          const rest = pace.step();
          if (rest !== undefined) await rest;
        }
        const last = chunk.at(-1);
        if (last === undefined || chunk.length < chunkEntries) break;
        start = entryKey(collection.ident, Buffer.concat([last.key.subarray(4), Buffer.of(0)]));
      }
    }
  } finally {
    transaction.done();
  }
}

function describe(collection: Collection): Doc {
  return docOf({
    collection: collection.name,
    options: collection.options,
    uuid: new Binary(collection.uuid, 4),
    indexes: collection.indexes.filter((index) => index.ready).map((index) => index.definition),
    count: BigInt(collection.count),
  });
}
