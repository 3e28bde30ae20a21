import { randomBytes } from 'node:crypto';
import { docOf, type Doc, isDoc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import type { Store } from '../storage/store.ts';
import { duplicateKey } from '../storage/duplicate-key.ts';
import { insertDocument } from '../storage/write-document.ts';
import { compileUpdate } from '../update/compile-update.ts';
import { ensureCollection } from '../commands/collection-commands.ts';
import { checkCollectionName } from '../commands/command.ts';
import { checkDocument, withId } from '../write/insert-documents.ts';
import { updateInside } from '../write/update-documents.ts';
import type { Documents, PipelineContext, StageSpec } from './pipeline.ts';

const sliceDocuments = 200;

/** Writes what a pipeline gives to a collection; `$out` and `$merge` end a pipeline and answer nothing. */
export async function writeResults(
  spec: StageSpec,
  documents: Documents,
  context: PipelineContext,
): Promise<void> {
  if (spec.name === '$out') return out(spec.operand, documents, context);
  return merge(spec.operand, documents, context);
}

interface Target {
  readonly database: string;
  readonly name: string;
}

function targetOf(value: Value | undefined, context: PipelineContext): Target {
  const name = isDoc(value) ? value.get('coll') : value;
  const database = isDoc(value) ? value.get('db') : context.database;
  if (typeof name !== 'string' || typeof database !== 'string')
    throw new StoreError(16990, 'the target must name a collection');
  checkCollectionName(database, name);
  return { database, name };
}

async function inSlices(documents: Documents, write: (slice: Doc[]) => Promise<void>): Promise<void> {
  let slice: Doc[] = [];
  for await (const doc of documents) {
    slice.push(doc);
    if (slice.length === sliceDocuments) {
      await write(slice);
      slice = [];
    }
  }
  await write(slice);
}

/** Fills a new collection and puts it in the old one's place in one transaction. */
async function out(operand: Value, documents: Documents, context: PipelineContext): Promise<void> {
  const { store } = context;
  const target = targetOf(operand, context);
  const ns = `${target.database}.${target.name}`;
  const existing = store.collection(ns);
  if (existing !== undefined && existing.indexes.length > 1) {
    throw new StoreError(
      'IllegalOperation',
      '$out to a collection with indexes of its own is not supported by this server; use $merge',
    );
  }
  const temporary = `tmp.agg_out.${randomBytes(8).toString('hex')}`;
  const made = await store.writer.run(() => store.catalog.create(target.database, temporary, new Map()));
  try {
    await inSlices(documents, (slice) => insertAll(store, `${target.database}.${temporary}`, slice));
  } catch (error) {
    await store.writer.run(() => {
      store.catalog.drop(made);
    });
    store.garbage.wake();
    throw error;
  }
  await store.writer.run(() => {
    const replaced = store.collection(ns);
    if (replaced !== undefined) store.catalog.drop(replaced);
    store.catalog.rename(made, target.database, target.name);
  });
  store.garbage.wake();
}

async function insertAll(store: Store, ns: string, slice: readonly Doc[]): Promise<void> {
  await store.writer.run(() => {
    const collection = store.requireCollection(ns);
    for (const doc of slice) {
      const prepared = withId(doc);
      checkDocument(prepared);
      insertDocument(store, collection, prepared);
    }
  });
}

const whenMatchedModes = ['merge', 'replace', 'keepExisting', 'fail'] as const;
const whenNotMatchedModes = ['insert', 'discard', 'fail'] as const;

async function merge(operand: Value, documents: Documents, context: PipelineContext): Promise<void> {
  const spec = isDoc(operand) ? operand : docOf({ into: operand });
  for (const name of spec.keys()) {
    if (!['into', 'on', 'whenMatched', 'whenNotMatched'].includes(name))
      throw new StoreError(40415, `BSON field '$merge.${name}' is an unknown field.`);
  }
  const target = targetOf(spec.get('into'), context);
  const on = spec.get('on') ?? '_id';
  const whenMatched = whenMatchedModes.find((mode) => mode === (spec.get('whenMatched') ?? 'merge'));
  const whenNotMatched = whenNotMatchedModes.find(
    (mode) => mode === (spec.get('whenNotMatched') ?? 'insert'),
  );
  if (on !== '_id') throw new StoreError(51190, '$merge is supported on _id only by this server');
  if (whenMatched === undefined || whenNotMatched === undefined)
    throw new StoreError('BadValue', '$merge mode is not supported by this server');
  await inSlices(documents, (slice) =>
    context.store.writer.run(() => {
      const collection = ensureCollection(context.store, target.database, target.name);
      for (const doc of slice)
        mergeOne({ store: context.store, whenMatched, whenNotMatched }, collection, withId(doc));
    }),
  );
}

interface Modes {
  readonly store: Store;
  readonly whenMatched: (typeof whenMatchedModes)[number];
  readonly whenNotMatched: (typeof whenNotMatchedModes)[number];
}

function mergeOne(
  { store, whenMatched, whenNotMatched }: Modes,
  collection: ReturnType<typeof ensureCollection>,
  doc: Doc,
): void {
  const id = doc.get('_id') ?? null;
  const fields = new Map([...doc].filter(([name]) => name !== '_id'));
  const filter = docOf({ _id: docOf({ $eq: id }) });
  const literal: Value[] = [...fields].map(([field, value]) =>
    docOf({
      $replaceWith: docOf({
        $setField: docOf({
          field: docOf({ $literal: field }),
          input: '$$ROOT',
          value: docOf({ $literal: value }),
        }),
      }),
    }),
  );
  const source: Value = whenMatched === 'replace' ? doc : whenMatched === 'merge' ? literal : [];
  const update = compileUpdate(source);
  const result = updateInside(store, collection, { selection: { filter, limit: 1 }, update, upsert: false });
  if ((result?.matched ?? 0) > 0) {
    if (whenMatched === 'fail') throw duplicateKey(collection, collection.idIndex, [id]);
    return;
  }
  if (whenNotMatched === 'fail')
    throw new StoreError(
      13113,
      '$merge could not find a matching document in the target collection for at least one document in the source collection',
    );
  if (whenNotMatched === 'insert') insertDocument(store, collection, doc);
}
