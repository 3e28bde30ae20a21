import { encodeDocument } from '../bson/encode.ts';
import { encodeIdKey, type Key } from '../bson/key.ts';
import type { Doc, Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import type { Catalog } from './catalog.ts';
import type { Collection } from './collection.ts';
import type { DiskRoom } from './disk-room.ts';
import { duplicateKey } from './duplicate-key.ts';
import { entryKey, type Env } from './environment.ts';
import { type IndexKeys, indexKeysOf, noKeys } from './index-keys.ts';
import type { IndexSpec } from './index-spec.ts';

export const documentBytesMax = 16 * 1024 * 1024;

/** What the functions here work on, inside a write transaction. */
export interface WriteContext {
  readonly env: Env;
  readonly catalog: Catalog;
  readonly room: DiskRoom;
}

interface IndexChange {
  readonly index: IndexSpec;
  readonly added: readonly Key[];
  readonly removed: readonly Key[];
}

/** Stores a new document. Throws DuplicateKey before anything is written. */
export function insertDocument(context: WriteContext, collection: Collection, doc: Doc, raw?: Buffer): void {
  const id = doc.get('_id');
  const { bytes: idKey, inexact } = encodeIdKey(id);
  if (context.env.doesExist(entryKey(collection.ident, idKey)))
    throw duplicateKey(collection, collection.idIndex, [id]);
  if (inexact) noteInexact(context, collection, collection.idIndex);
  writeDocument(context, collection, { idKey, after: { doc, raw: raw ?? encodeDocument(doc) } });
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
  before: StoredDocument,
  next: Doc,
): void {
  const after = { doc: next, raw: encodeDocument(next) };
  writeDocument(context, collection, { idKey: before.idKey, before, after });
}

export function removeDocument(context: WriteContext, collection: Collection, before: StoredDocument): void {
  writeDocument(context, collection, { idKey: before.idKey, before });
}

interface Content {
  readonly doc: Doc;
  readonly raw: Buffer;
}

/** Puts `after` in the place of `before`, and what differs in the indexes; either may be nothing. */
function writeDocument(
  context: WriteContext,
  collection: Collection,
  { idKey, before, after }: { idKey: Buffer; before?: Content; after?: Content },
): void {
  if (after !== undefined) {
    checkSize(after.raw);
    context.room.require();
  }
  const changes = collection.indexes.slice(1).map((index) => {
    const old = before === undefined ? noKeys : indexKeysOf(index, before.doc);
    const next = after === undefined ? noKeys : indexKeysOf(index, after.doc);
    const added = missingFrom(old.keys, next.keys);
    checkUnique({ context, collection, index, idKey }, next, added);
    noteShape(context, collection, index, next);
    return { index, added, removed: missingFrom(next.keys, old.keys) };
  });
  const key = entryKey(collection.ident, idKey);
  if (after === undefined) context.env.removeSync(key);
  else context.env.putSync(key, after.raw);
  applyChanges(context, idKey, changes);
  collection.count += Number(after !== undefined) - Number(before !== undefined);
  collection.bytes += (after?.raw.length ?? 0) - (before?.raw.length ?? 0);
  context.catalog.markStats(collection);
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

function checkSize(bytes: Buffer): void {
  if (bytes.length > documentBytesMax) {
    throw new StoreError(
      'BSONObjectTooLarge',
      `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and ${documentBytesMax}`,
    );
  }
}

function missingFrom(base: readonly Key[], keys: readonly Key[]): readonly Key[] {
  if (base.length === 0) return keys;
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
