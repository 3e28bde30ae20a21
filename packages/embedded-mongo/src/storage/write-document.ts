import { encodeDocument } from '../bson/encode.ts';
import { encodeIdKey, type Key } from '../bson/key.ts';
import type { Doc, Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import type { Catalog } from './catalog.ts';
import type { Collection } from './collection.ts';
import { duplicateKey } from './duplicate-key.ts';
import { entryKey, type Env } from './environment.ts';
import { type IndexKeys, indexKeysOf } from './index-keys.ts';
import type { IndexSpec } from './index-spec.ts';

export const documentBytesMax = 16 * 1024 * 1024;

/** What the functions here work on, inside a write transaction. */
export interface WriteContext {
  readonly env: Env;
  readonly catalog: Catalog;
}

interface IndexChange {
  readonly index: IndexSpec;
  readonly added: readonly Key[];
  readonly removed: readonly Key[];
}

/** Stores a new document. Throws DuplicateKey before anything is written. */
export function insertDocument(context: WriteContext, collection: Collection, doc: Doc, raw?: Buffer): void {
  const bytes = raw ?? encodeDocument(doc);
  checkSize(bytes);
  const id = doc.get('_id');
  const idKey = encodeIdKey(id);
  const key = entryKey(collection.ident, idKey.bytes);
  if (context.env.doesExist(key)) throw duplicateKey(collection, collection.idIndex, [id]);
  const changes = secondaryIndexes(collection).map((index) => {
    const next = indexKeysOf(index, doc);
    checkUnique({ context, collection, index, idKey: idKey.bytes }, next, next.keys);
    noteShape(context, collection, index, next);
    return { index, added: next.keys, removed: [] };
  });
  if (idKey.inexact) noteInexact(context, collection, collection.idIndex);
  context.env.putSync(key, bytes);
  applyChanges(context, idKey.bytes, changes);
  countChange(context, collection, { documents: 1, bytes: bytes.length });
}

export interface StoredDocument {
  readonly idKey: Buffer;
  readonly raw: Buffer;
  readonly doc: Doc;
}

/** Replaces a stored document by another of the same _id. Throws DuplicateKey before anything is written. */
export function replaceDocument(
  context: WriteContext,
  collection: Collection,
  stored: StoredDocument,
  next: Doc,
): void {
  const bytes = encodeDocument(next);
  checkSize(bytes);
  const changes: IndexChange[] = [];
  for (const index of secondaryIndexes(collection)) {
    const before = indexKeysOf(index, stored.doc);
    const after = indexKeysOf(index, next);
    const added = missingFrom(before.keys, after.keys);
    const removed = missingFrom(after.keys, before.keys);
    checkUnique({ context, collection, index, idKey: stored.idKey }, after, added);
    if (added.length > 0 || removed.length > 0) changes.push({ index, added, removed });
    noteShape(context, collection, index, after);
  }
  context.env.putSync(entryKey(collection.ident, stored.idKey), bytes);
  applyChanges(context, stored.idKey, changes);
  countChange(context, collection, { documents: 0, bytes: bytes.length - stored.raw.length });
}

export function removeDocument(context: WriteContext, collection: Collection, stored: StoredDocument): void {
  const changes = secondaryIndexes(collection).map((index) => ({
    index,
    added: [],
    removed: indexKeysOf(index, stored.doc).keys,
  }));
  context.env.removeSync(entryKey(collection.ident, stored.idKey));
  applyChanges(context, stored.idKey, changes);
  countChange(context, collection, { documents: -1, bytes: -stored.raw.length });
}

/** Adds one document to an index that is being built. */
export function indexDocument(
  context: WriteContext,
  collection: Collection,
  index: IndexSpec,
  stored: StoredDocument,
): void {
  const next = indexKeysOf(index, stored.doc);
  checkUnique({ context, collection, index, idKey: stored.idKey }, next, next.keys);
  noteShape(context, collection, index, next);
  applyChanges(context, stored.idKey, [{ index, added: next.keys, removed: [] }]);
}

function secondaryIndexes(collection: Collection): readonly IndexSpec[] {
  return collection.indexes.slice(1);
}

function checkSize(bytes: Buffer): void {
  if (bytes.length > documentBytesMax) {
    throw new StoreError(
      'BSONObjectTooLarge',
      `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and ${documentBytesMax}`,
    );
  }
}

function missingFrom(base: readonly Key[], keys: readonly Key[]): Key[] {
  return keys.filter((key) => !base.some((other) => other.bytes.equals(key.bytes)));
}

interface UniqueCheck {
  readonly context: WriteContext;
  readonly collection: Collection;
  readonly index: IndexSpec;
  readonly idKey: Buffer;
}

function checkUnique(check: UniqueCheck, next: IndexKeys, added: readonly Key[]): void {
  const { index, context, collection, idKey } = check;
  if (!index.unique) return;
  for (const key of added) {
    const holder = context.env.get(entryKey(index.ident, key.bytes));
    if (holder === undefined || holder.equals(idKey)) continue;
    const values: readonly (Value | undefined)[] = next.values[next.keys.indexOf(key)] ?? [];
    throw duplicateKey(collection, index, values);
  }
}

/** Before the first exception to a plain index is stored, the catalog says so, in the same transaction. */
function noteShape(context: WriteContext, collection: Collection, index: IndexSpec, keys: IndexKeys): void {
  keys.multikey.forEach((isMultikey, i) => {
    if (isMultikey && index.multikey[i] !== true) {
      index.multikey[i] = true;
      context.catalog.markSpec(collection);
    }
  });
  if (!index.inexact && keys.keys.some((key) => key.inexact)) noteInexact(context, collection, index);
}

function noteInexact(context: WriteContext, collection: Collection, index: IndexSpec): void {
  if (index.inexact) return;
  index.inexact = true;
  context.catalog.markSpec(collection);
}

function applyChanges(context: WriteContext, idKey: Buffer, changes: readonly IndexChange[]): void {
  for (const { index, added, removed } of changes) {
    for (const key of removed) {
      const entry = indexEntryKey(index, key, idKey);
      // While a unique index is built, the entry may already be another document's.
      if (index.ready || context.env.get(entry)?.equals(idKey) === true) context.env.removeSync(entry);
    }
    for (const key of added) context.env.putSync(indexEntryKey(index, key, idKey), idKey);
  }
}

/** A unique index holds one document per key; another one tells them apart by the _id behind the key. */
export function indexEntryKey(index: IndexSpec, key: Key, idKey: Buffer): Buffer {
  return entryKey(index.ident, index.unique ? key.bytes : Buffer.concat([key.bytes, idKey]));
}

function countChange(
  context: WriteContext,
  collection: Collection,
  change: { documents: number; bytes: number },
): void {
  collection.count += change.documents;
  collection.bytes += change.bytes;
  context.catalog.markStats(collection);
}
