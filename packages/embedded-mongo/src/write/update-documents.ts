import { valuesEqual } from '../bson/compare.ts';
import { decodeDocument } from '../bson/decode.ts';
import { encodeDocument } from '../bson/encode.ts';
import type { Doc, Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import type { MatchDetails } from '../query/compile-filter.ts';
import { type Collection, readDocument } from '../storage/collection.ts';
import type { Store } from '../storage/store.ts';
import { formatValue } from '../storage/duplicate-key.ts';
import { insertDocument, replaceDocument } from '../storage/write-document.ts';
import type { Update } from '../update/compile-update.ts';
import { checkDocument, withId } from './insert-documents.ts';
import { documentsPerTransaction } from './delete-documents.ts';
import { matcherOf, searchOutside, type Selection, stepsInsideMax, TargetSearch } from './select-targets.ts';
import { upsertSeed } from './upsert-seed.ts';

export interface UpdateStatement {
  readonly selection: Selection;
  readonly update: Update;
  readonly upsert: boolean;
}

export interface UpdateResult {
  matched: number;
  modified: number;
  upsertedId: Value | undefined;
  /** Of the last document touched; findAndModify answers with one of them. */
  before: Doc | undefined;
  after: Doc | undefined;
}

function emptyResult(): UpdateResult {
  return { matched: 0, modified: 0, upsertedId: undefined, before: undefined, after: undefined };
}

/** Inside a transaction: the result, or undefined when the search is too long for one. */
export function updateInside(
  store: Store,
  collection: Collection,
  statement: UpdateStatement,
): UpdateResult | undefined {
  const targets = new TargetSearch(store, collection, statement.selection).advance(stepsInsideMax);
  if (targets === undefined) return undefined;
  const result = emptyResult();
  applyToTargets({ store, collection, statement }, targets, result);
  if (result.matched === 0 && statement.upsert) insertUpserted(store, collection, statement, result);
  return result;
}

/** The search outside any transaction, the changes in slices. */
export async function updateOutside(
  store: Store,
  collection: Collection,
  statement: UpdateStatement,
): Promise<UpdateResult> {
  const total = emptyResult();
  for (;;) {
    const targets = await searchOutside(store, collection, statement.selection);
    for (let i = 0; i < targets.length; i += documentsPerTransaction) {
      const slice = targets.slice(i, i + documentsPerTransaction);
      const part = await store.writer.run(() => {
        const result = emptyResult();
        if (!collection.dropped) applyToTargets({ store, collection, statement }, slice, result);
        return result;
      });
      total.matched += part.matched;
      total.modified += part.modified;
      total.before = part.before ?? total.before;
      total.after = part.after ?? total.after;
    }
    if (total.matched > 0) return total;
    if (targets.length === 0) break;
    // Every target changed meanwhile: one wanted is looked for again, of many none is left.
    if (statement.selection.limit !== 1) return total;
  }
  if (!statement.upsert) return total;
  return store.writer.run(() => {
    const result = emptyResult();
    insertUpserted(store, collection, statement, result);
    return result;
  });
}

interface Application {
  readonly store: Store;
  readonly collection: Collection;
  readonly statement: UpdateStatement;
}

function applyToTargets(application: Application, targets: readonly Buffer[], result: UpdateResult): void {
  const { store, collection, statement } = application;
  const match = matcherOf(statement.selection);
  for (const idKey of targets) {
    const raw = readDocument(store.env, collection, idKey);
    if (raw === undefined) continue;
    const doc = decodeDocument(raw);
    const details: MatchDetails = { arrayIndex: undefined };
    if (!match(doc, details)) continue;
    const next = statement.update.apply(decodeDocument(raw), {
      arrayIndex: details.arrayIndex,
      inserting: false,
    });
    result.matched++;
    result.before = doc;
    result.after = next;
    checkSameId(doc, next);
    if (encodeDocument(next).equals(raw)) continue;
    checkDocument(next);
    replaceDocument(store, collection, { idKey, raw, doc }, next);
    result.modified++;
  }
}

function checkSameId(doc: Doc, next: Doc): void {
  const id = next.get('_id');
  if (id !== undefined && valuesEqual(id, doc.get('_id'))) return;
  throw new StoreError(
    'ImmutableField',
    `Performing an update on the path '_id' would modify the immutable field '_id'${id === undefined ? '' : `: ${formatValue(id)}`}`,
  );
}

function insertUpserted(
  store: Store,
  collection: Collection,
  statement: UpdateStatement,
  result: UpdateResult,
): void {
  const seed = upsertSeed(statement.selection.filter, statement.update.kind === 'replacement');
  const fromFilter = seed.get('_id');
  const built = statement.update.apply(seed, { arrayIndex: undefined, inserting: true });
  const id = built.get('_id');
  if (fromFilter !== undefined && id !== undefined && !valuesEqual(fromFilter, id)) {
    throw new StoreError(
      'ImmutableField',
      `Performing an update on the path '_id' would modify the immutable field '_id'`,
    );
  }
  const next = withId(built);
  checkDocument(next);
  insertDocument(store, collection, next);
  result.upsertedId = next.get('_id');
  result.after = next;
}
