import { docOf, type Value, type Doc } from '../bson/value.ts';
import { decodeDocument } from '../bson/decode.ts';
import { StoreError } from '../errors/store-error.ts';
import type { Variables } from '../expression/compile-expression.ts';
import { compileConditions, compileFilter, type MatchDetails } from '../query/compile-filter.ts';
import { compileProjection } from '../query/projection.ts';
import { parseSort } from '../query/sort-spec.ts';
import { type Collection, readDocument } from '../storage/collection.ts';
import type { Store } from '../storage/store.ts';
import { removeDocument } from '../storage/write-document.ts';
import { compileUpdate } from '../update/compile-update.ts';
import {
  matcherOf,
  searchOutside,
  type Selection,
  stepsInsideMax,
  TargetSearch,
} from '../write/select-targets.ts';
import { type UpdateStatement, updateInside, updateOutside } from '../write/update-documents.ts';
import { ensureCollection } from './collection-commands.ts';
import type { Command, CommandDefinition } from './command.ts';
import { hintOf } from './find.ts';

const fields = [
  'query',
  'sort',
  'remove',
  'update',
  'new',
  'fields',
  'upsert',
  'bypassDocumentValidation',
  'arrayFilters',
  'hint',
  'let',
];

export const findAndModify: CommandDefinition = {
  fields,
  run: async ({ store }, command) => {
    const { ns, collection: name } = command.namespace();
    const variables = command.variables();
    const filter = command.doc('query') ?? new Map<string, Value>();
    const selection: Selection = {
      filter,
      limit: 1,
      sort: parseSort(command.get('sort')),
      hint: hintOf(command.get('hint')),
      options: { variables },
    };
    compileConditions(filter, selection.options);
    const project = projector(command, filter, variables);
    const source = command.get('update');
    if (command.bool('remove')) {
      checkRemove(command);
      const removed = await removeOne(store, ns, selection);
      return docOf({
        lastErrorObject: docOf({ n: removed === undefined ? 0 : 1 }),
        value: removed === undefined ? null : project(removed),
      });
    }
    if (source === undefined)
      throw new StoreError('FailedToParse', 'Either an update or remove=true must be specified');
    const update = compileUpdate(source, { arrayFilters: command.get('arrayFilters'), variables });
    return modifyOne(
      { store, command, ns, name, project },
      { selection, update, upsert: command.bool('upsert') },
    );
  },
};

function checkRemove(command: Command): void {
  if (command.get('update') !== undefined)
    throw new StoreError('FailedToParse', 'Cannot specify both an update and remove=true');
  if (command.bool('new'))
    throw new StoreError(
      'FailedToParse',
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
  if (command.bool('upsert'))
    throw new StoreError('FailedToParse', 'Cannot specify both upsert=true and remove=true ');
}

function projector(command: Command, filter: Doc, variables: Variables): (doc: Doc) => Doc {
  const spec = command.doc('fields');
  if (spec === undefined || spec.size === 0) return (doc) => doc;
  const project = compileProjection(spec);
  const match = compileFilter(filter, { variables });
  return (doc) => {
    const details: MatchDetails = { arrayIndex: undefined };
    match(doc, details);
    return project(doc, variables, details.arrayIndex);
  };
}

interface Modification {
  readonly store: Store;
  readonly command: Command;
  readonly ns: string;
  readonly name: string;
  readonly project: (doc: Doc) => Doc;
}

async function modifyOne(context: Modification, statement: UpdateStatement): Promise<Doc> {
  const { store, command, ns, name, project } = context;
  const quick = await store.writer.run(() => {
    const collection =
      store.collection(ns) ??
      (statement.upsert ? ensureCollection(store, command.database, name) : undefined);
    return collection === undefined ? null : updateInside(store, collection, statement);
  });
  const result =
    quick === undefined ? await updateOutside(store, store.requireCollection(ns), statement) : quick;
  const chosen = command.bool('new') ? result?.after : result?.before;
  const upserted = result?.upsertedId;
  return docOf({
    lastErrorObject: docOf({
      n: upserted === undefined ? (result?.matched ?? 0) : 1,
      updatedExisting: (result?.matched ?? 0) > 0,
      upserted,
    }),
    value: chosen === undefined ? null : project(chosen),
  });
}

async function removeOne(store: Store, ns: string, selection: Selection): Promise<Doc | undefined> {
  const quick = await store.writer.run(() => {
    const collection = store.collection(ns);
    if (collection === undefined) return { doc: undefined };
    const targets = new TargetSearch(store, collection, selection).advance(stepsInsideMax);
    return targets === undefined
      ? undefined
      : { doc: removeFirst(store, collection, { targets, selection }) };
  });
  if (quick !== undefined) return quick.doc;
  const collection = store.requireCollection(ns);
  for (;;) {
    const targets = await searchOutside(store, collection, selection);
    if (targets.length === 0) return undefined;
    const doc = await store.writer.run(() => removeFirst(store, collection, { targets, selection }));
    if (doc !== undefined) return doc;
  }
}

/** The removed document; undefined when it changed or went since it was found. */
function removeFirst(
  store: Store,
  collection: Collection,
  { targets, selection }: { targets: readonly Buffer[]; selection: Selection },
): Doc | undefined {
  const [idKey] = targets;
  const raw =
    idKey === undefined || collection.dropped ? undefined : readDocument(store.env, collection, idKey);
  if (idKey === undefined || raw === undefined) return undefined;
  const doc = decodeDocument(raw);
  if (!matcherOf(selection)(doc)) return undefined;
  removeDocument(store, collection, { idKey, raw, doc });
  return doc;
}
