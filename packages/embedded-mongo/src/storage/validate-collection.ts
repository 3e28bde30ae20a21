import { decodeDocument } from '../bson/decode.ts';
import { encodeIdKey } from '../bson/key.ts';
import type { Pace } from '../query/pace.ts';
import { Catalog } from './catalog.ts';
import type { Collection } from './collection.ts';
import { entriesOf, entryKey, type Snapshot } from './environment.ts';
import { indexKeysOf } from './index-keys.ts';
import type { IndexSpec } from './index-spec.ts';
import type { Store } from './store.ts';
import { indexEntryKey } from './write-document.ts';

export interface Validation {
  readonly records: number;
  /** Entries found per index. */
  readonly keysPerIndex: ReadonlyMap<string, number>;
  /** Empty: everything is consistent. At most `faultsMax` are listed. */
  readonly faults: readonly string[];
}

const faultsMax = 20;

interface Pass {
  readonly store: Store;
  readonly transaction: Snapshot;
  readonly pace: Pace;
  readonly faults: string[];
}

/** Holds documents, index entries and statistics against each other at one moment, while writes go on. */
export async function validateCollection(store: Store, ns: string, pace: Pace): Promise<Validation> {
  const transaction = store.env.useReadTransaction();
  const pass: Pass = { store, transaction, pace, faults: [] };
  try {
    const collection = new Catalog(store.env, transaction).find(ns);
    if (collection === undefined) return { records: 0, keysPerIndex: new Map(), faults: [] };
    const indexes = collection.indexes.slice(1).filter((index) => index.ready);
    const records = await checkDocuments(pass, collection, indexes);
    if (records !== collection.count)
      fault(pass, `the statistics say ${collection.count} documents, there are ${records}`);
    const keysPerIndex = new Map([[collection.idIndex.name, records]]);
    for (const index of indexes) keysPerIndex.set(index.name, await checkEntries(pass, collection, index));
    return { records, keysPerIndex, faults: pass.faults };
  } finally {
    transaction.done();
  }
}

function fault(pass: Pass, text: string): void {
  if (pass.faults.length < faultsMax) pass.faults.push(text);
}

/** Every document is readable, stored under its _id, and found in every index that should hold it. */
async function checkDocuments(
  pass: Pass,
  collection: Collection,
  indexes: readonly IndexSpec[],
): Promise<number> {
  let records = 0;
  for (const { key, value } of entriesOf(pass.store.env, collection.ident, pass.transaction)) {
    if (pass.pace.step()) await pass.pace.rest();
    records++;
    const idKey = key.subarray(4);
    try {
      const doc = decodeDocument(value);
      if (!encodeIdKey(doc.get('_id')).bytes.equals(idKey))
        fault(pass, 'a document is stored under another _id');
      for (const index of indexes) {
        for (const each of indexKeysOf(index, doc).keys) {
          const holder = pass.store.env.get(indexEntryKey(index, each, idKey), {
            transaction: pass.transaction,
          });
          if (holder === undefined || !holder.equals(idKey))
            fault(pass, `index ${index.name} lacks a document`);
        }
      }
    } catch (error) {
      fault(pass, `a document is unreadable: ${String(error)}`);
    }
  }
  return records;
}

/** Every entry leads to a document that has this key. */
async function checkEntries(pass: Pass, collection: Collection, index: IndexSpec): Promise<number> {
  let keys = 0;
  for (const { key, value } of entriesOf(pass.store.env, index.ident, pass.transaction)) {
    if (pass.pace.step()) await pass.pace.rest();
    keys++;
    const raw = pass.store.env.get(entryKey(collection.ident, value), { transaction: pass.transaction });
    const belongs =
      raw !== undefined &&
      indexKeysOf(index, decodeDocument(raw)).keys.some((each) =>
        indexEntryKey(index, each, value).equals(key),
      );
    if (!belongs) fault(pass, `index ${index.name} has an entry without its document`);
  }
  return keys;
}
