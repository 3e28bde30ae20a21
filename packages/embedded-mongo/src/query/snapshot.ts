import { Binary, type Doc, docOf, RawDoc } from '../bson/value.ts';
import { Catalog } from '../storage/catalog.ts';
import type { Collection } from '../storage/collection.ts';
import { entriesOf } from '../storage/environment.ts';
import type { Store } from '../storage/store.ts';
import type { Pace } from './pace.ts';

/**
 * Everything of one database as it was at one moment, while writes go on: for each collection
 * `{collection, uuid, indexes, count}`, then its documents as `{collection, document}`. The lmdb read
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
      for (const { value } of entriesOf(store.env, collection.ident, transaction)) {
        yield docOf({ collection: collection.name, document: new RawDoc(value) });
        if (pace.step()) await pace.rest();
      }
    }
  } finally {
    transaction.done();
  }
}

function describe(collection: Collection): Doc {
  return docOf({
    collection: collection.name,
    uuid: new Binary(collection.uuid, 4),
    indexes: collection.indexes.filter((index) => index.ready).map((index) => index.definition),
    count: BigInt(collection.count),
  });
}
