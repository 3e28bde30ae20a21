import { valuesEqual } from '../bson/compare.ts';
import { decodeDocument } from '../bson/decode.ts';
import { encodeDocument } from '../bson/encode.ts';
import type { Doc, Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { compileFilter, type MatchDetails } from '../query/compile-filter.ts';
import { type Collection, readDocument } from '../storage/collection.ts';
import type { Namespace, Store } from '../storage/store.ts';
import { formatValue } from '../bson/format-value.ts';
import { insertDocument, removeDocument, replaceDocument } from '../storage/write-document.ts';
import type { Update } from '../update/compile-update.ts';
import { checkDocument, withId } from './insert-documents.ts';
import { searchOutside, type Selection, type StepBudget, TargetSearch } from './select-targets.ts';
import { upsertSeed } from './upsert-seed.ts';

/** What one transaction may examine, while all other writers wait. */
const stepsPerTransaction = 2_000;
/** What one statement may change in one transaction. */
const documentsPerTransaction = 200;

/** Changing a document costs about as much as examining so many. */
const stepsPerChange = 8;

export function transactionBudget(): StepBudget {
  return { steps: stepsPerTransaction };
}

/** An update or a removal of what a selection finds. */
export interface Change {
  readonly selection: Selection;
  /** undefined: what is selected is removed. */
  readonly update: Update | undefined;
  readonly upsert: boolean;
}

export interface ChangeResult {
  /** Also the number removed. */
  matched: number;
  modified: number;
  upsertedId: Value | undefined;
  /** Of the last document touched; findAndModify answers with one of them. */
  before: Doc | undefined;
  after: Doc | undefined;
}

export function nothingChanged(): ChangeResult {
  return { matched: 0, modified: 0, upsertedId: undefined, before: undefined, after: undefined };
}

/** In one transaction where the search is short, in slices where it is long. */
export async function changeDocuments(store: Store, at: Namespace, change: Change): Promise<ChangeResult> {
  const quick = await store.writer.run(() =>
    changeInside(store, { at, budget: transactionBudget() }, change),
  );
  return quick ?? changeOutside(store, at, change);
}

interface Inside {
  readonly at: Namespace;
  readonly budget: StepBudget;
}

/** Inside a transaction: the result, or undefined when it is too much for what is left of the budget. */
export function changeInside(store: Store, { at, budget }: Inside, change: Change): ChangeResult | undefined {
  const collection = change.upsert ? store.ensureCollection(at) : store.collection(at.ns);
  if (collection === undefined) return nothingChanged();
  const targets = new TargetSearch(store, collection, change.selection).advance(budget);
  if (targets === undefined || targets.length > documentsPerTransaction) return undefined;
  budget.steps -= targets.length * stepsPerChange;
  const result = applyToTargets(store, { collection, change }, targets);
  return result.matched === 0 && change.upsert ? insertUpserted(store, collection, change) : result;
}

/** The search outside any transaction, the changes in slices. */
export async function changeOutside(store: Store, at: Namespace, change: Change): Promise<ChangeResult> {
  const collection = store.requireCollection(at.ns);
  const total = nothingChanged();
  for (;;) {
    const targets = await searchOutside(store, collection, change.selection);
    for (let i = 0; i < targets.length; i += documentsPerTransaction) {
      const slice = targets.slice(i, i + documentsPerTransaction);
      const part = await store.writer.run(() => applyToTargets(store, { collection, change }, slice));
      total.matched += part.matched;
      total.modified += part.modified;
      total.before = part.before ?? total.before;
      total.after = part.after ?? total.after;
    }
    if (total.matched > 0) return total;
    if (targets.length === 0) break;
    // Every target changed meanwhile: one wanted is looked for again, of many none is left.
    if (change.selection.limit !== 1) return total;
  }
  return change.upsert ? store.writer.run(() => insertUpserted(store, collection, change)) : total;
}

interface Application {
  readonly collection: Collection;
  readonly change: Change;
}

/** Each target is matched again: it may have changed since it was found. */
function applyToTargets(
  store: Store,
  { collection, change }: Application,
  targets: readonly Buffer[],
): ChangeResult {
  const result = nothingChanged();
  if (collection.dropped) return result;
  const match = compileFilter(change.selection.filter, change.selection.options);
  for (const idKey of targets) {
    const raw = readDocument(store.env, collection, idKey);
    if (raw === undefined) continue;
    const doc = decodeDocument(raw);
    const details: MatchDetails = { arrayIndex: undefined };
    if (!match(doc, details)) continue;
    result.matched++;
    result.before = doc;
    if (change.update === undefined) {
      removeDocument(store, collection, { idKey, raw, doc });
      continue;
    }
    const next = change.update.apply(decodeDocument(raw), { ...details, inserting: false });
    result.after = next;
    checkSameId(doc.get('_id'), next.get('_id'));
    if (encodeDocument(next).equals(raw)) continue;
    checkDocument(next);
    replaceDocument(store, collection, { idKey, raw, doc }, next);
    result.modified++;
  }
  return result;
}

function checkSameId(before: Value | undefined, after: Value | undefined): void {
  if (after !== undefined && valuesEqual(before, after)) return;
  throw new StoreError(
    'ImmutableField',
    `Performing an update on the path '_id' would modify the immutable field '_id'${after === undefined ? '' : `: ${formatValue(after)}`}`,
  );
}

function insertUpserted(store: Store, collection: Collection, { selection, update }: Change): ChangeResult {
  const result = nothingChanged();
  if (update === undefined) return result;
  const seed = upsertSeed(selection.filter, update.replaces);
  const fromFilter = seed.get('_id');
  const next = withId(update.apply(seed, { arrayIndex: undefined, inserting: true }));
  if (fromFilter !== undefined) checkSameId(fromFilter, next.get('_id'));
  checkDocument(next);
  insertDocument(store, collection, next);
  result.upsertedId = next.get('_id');
  result.after = next;
  return result;
}
