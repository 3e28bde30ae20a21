import { decodeDocument } from '../bson/decode.ts';
import { StoreError } from '../errors/store-error.ts';
import { Pace } from '../query/pace.ts';
import type { Collection } from './collection.ts';
import { identPrefix } from './environment.ts';
import type { IndexSpec } from './index-spec.ts';
import type { Store } from './store.ts';
import { indexDocument } from './write-document.ts';

/** Documents indexed in one transaction. */
const sliceDocuments = 250;

/**
 * Fills a new index behind the writers' back: they keep it up to date from its first moment, the build adds what
 * was there before, in slices. It is read from only when it is complete. A duplicate drops it and is thrown.
 */
export async function buildIndex(store: Store, collection: Collection, index: IndexSpec): Promise<void> {
  let start = identPrefix(collection.ident);
  const pace = new Pace();
  try {
    for (;;) {
      const next = await store.writer.run(() => buildSlice(store, { collection, index, start }));
      if (next === undefined) return;
      start = next;
      if (pace.step(sliceDocuments)) await pace.rest();
    }
  } catch (error) {
    await store.writer.run(() => {
      if (collection.dropped || !collection.indexes.some((other) => other.ident === index.ident)) return;
      collection.indexes = collection.indexes.filter((other) => other.ident !== index.ident);
      store.catalog.discard(index.ident);
      store.catalog.markSpec(collection);
    });
    store.garbage.wake();
    throw error;
  }
}

interface Slice {
  readonly collection: Collection;
  readonly index: IndexSpec;
  readonly start: Buffer;
}

/** Where the next slice starts; undefined when the index is complete. */
function buildSlice(store: Store, { collection, index, start }: Slice): Buffer | undefined {
  // After an aborted transaction the catalog holds another object for the same index.
  const current = collection.indexes.find((other) => other.ident === index.ident);
  if (collection.dropped || current === undefined)
    throw new StoreError(
      'NamespaceNotFound',
      'the collection or index was dropped while the index was built',
    );
  let last: Buffer | undefined;
  let seen = 0;
  const range = store.env.getRange({ start, end: identPrefix(collection.ident + 1), limit: sliceDocuments });
  for (const { key, value } of [...range]) {
    indexDocument(store, collection, current, {
      idKey: key.subarray(4),
      raw: value,
      doc: decodeDocument(value),
    });
    last = key;
    seen++;
  }
  if (last !== undefined && seen === sliceDocuments) return Buffer.concat([last, Buffer.of(0)]);
  current.ready = true;
  store.catalog.markSpec(collection);
  return undefined;
}
