import { valuesEqual } from '../bson/compare.ts';
import { type Doc, docOf, isDoc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { buildIndex } from '../storage/build-index.ts';
import type { Collection } from '../storage/collection.ts';
import { idIndexName, type IndexSpec, indexSpecOf } from '../storage/index-spec.ts';
import type { Store } from '../storage/store.ts';
import type { CommandDefinition } from './command.ts';
import { listReply } from './cursor-reply.ts';
import { indexDefinition, isIdPattern } from './index-definition.ts';

const indexesMax = 64;

interface Prepared {
  readonly collection: Collection;
  readonly added: IndexSpec[];
  readonly before: number;
  readonly created: boolean;
}

const createIndexes: CommandDefinition = {
  fields: ['indexes', 'commitQuorum', 'ignoreUnknownIndexOptions'],
  run: async ({ store }, command) => {
    const namespace = command.namespace();
    if (command.get('commitQuorum') !== undefined)
      throw new StoreError('BadValue', 'commitQuorum is not supported on a standalone server');
    const definitions = command.array('indexes').map(indexDefinition);
    if (definitions.length === 0)
      throw new StoreError('BadValue', 'Must specify at least one index to create');
    const prepared = await store.writer.run((): Prepared => {
      const created = store.collection(namespace.ns) === undefined;
      const collection = store.ensureCollection(namespace);
      const before = collection.indexes.length;
      return { collection, before, created, added: addIndexes(store, collection, definitions) };
    });
    for (const index of prepared.added) await buildIndex(store, prepared.collection, index);
    return docOf({
      numIndexesBefore: prepared.before,
      numIndexesAfter: prepared.before + prepared.added.length,
      createdCollectionAutomatically: prepared.created,
      note: prepared.added.length === 0 ? 'all indexes already exist' : undefined,
    });
  },
};

/** Checks all of them before the first is added. */
function addIndexes(store: Store, collection: Collection, definitions: readonly Doc[]): IndexSpec[] {
  const wanted = definitions.filter(
    (definition) => !isIdPattern(definition.get('key')) && !isExisting(collection, definition),
  );
  if (collection.indexes.length + wanted.length > indexesMax) {
    throw new StoreError('CannotCreateIndex', `add index fails, too many indexes for ${collection.ns}`);
  }
  const added = wanted.map((definition) => {
    const index = indexSpecOf(definition, store.catalog.allocateIdent());
    index.ready = false;
    return index;
  });
  if (added.length === 0) return added;
  collection.indexes = [...collection.indexes, ...added];
  store.catalog.markSpec(collection);
  return added;
}

/** True for an equal index; a half-equal one is MongoDB's conflict. */
function isExisting(collection: Collection, definition: Doc): boolean {
  const name = nameOf(definition);
  for (const { definition: other } of collection.indexes) {
    const sameName = nameOf(other) === name;
    const sameKey = valuesEqual(other.get('key'), definition.get('key'));
    const samePartial = valuesEqual(
      other.get('partialFilterExpression'),
      definition.get('partialFilterExpression'),
    );
    if (!sameName && !(sameKey && samePartial)) continue;
    if (sameName && !sameKey) {
      throw new StoreError(
        'IndexKeySpecsConflict',
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index name: ${name}`,
      );
    }
    if (!sameName)
      throw new StoreError(
        'IndexOptionsConflict',
        `Index already exists with a different name: ${nameOf(other)}`,
      );
    if (sameOptions(other, definition)) return true;
    throw new StoreError(
      'IndexKeySpecsConflict',
      `An equivalent index already exists with the same name but different options. Requested index: ${name}`,
    );
  }
  return false;
}

function sameOptions(a: Doc, b: Doc): boolean {
  const names = new Set([...a.keys(), ...b.keys()]);
  return [...names].every((name) => valuesEqual(a.get(name), b.get(name)));
}

const listIndexes: CommandDefinition = {
  fields: ['cursor'],
  run: ({ store }, command) => {
    const { ns } = command.namespace();
    const { indexes } = store.requireCollection(ns);
    return listReply(
      ns,
      indexes.filter((index) => index.ready).map((index) => index.definition),
    );
  },
};

const dropIndexes: CommandDefinition = {
  fields: ['index'],
  run: async ({ store }, command) => {
    const { ns } = command.namespace();
    const wanted = command.get('index');
    const before = await store.writer.run(() => {
      const collection = store.collection(ns);
      if (collection === undefined) throw new StoreError('NamespaceNotFound', `ns not found ${ns}`);
      const count = collection.indexes.length;
      const dropped = (Array.isArray(wanted) ? wanted : [wanted]).flatMap((each) =>
        selected(collection, each),
      );
      collection.indexes = collection.indexes.filter((index) => !dropped.includes(index));
      for (const index of dropped) store.catalog.discard(index.ident);
      store.catalog.markSpec(collection);
      return count;
    });
    store.garbage.wake();
    return docOf({ nIndexesWas: before });
  },
};

function selected(collection: Collection, wanted: Value | undefined): IndexSpec[] {
  if (wanted === '*') return collection.indexes.slice(1);
  if (wanted === idIndexName || isIdPattern(wanted))
    throw new StoreError('InvalidOptions', 'cannot drop _id index');
  if (typeof wanted !== 'string' && !isDoc(wanted))
    throw new StoreError('TypeMismatch', 'dropIndexes.index must be a name or a key pattern');
  const index = collection.indexes.find(({ name, definition }) =>
    typeof wanted === 'string' ? name === wanted : valuesEqual(definition.get('key'), wanted),
  );
  if (index === undefined)
    throw new StoreError(
      'IndexNotFound',
      `index not found with name [${typeof wanted === 'string' ? wanted : 'key pattern'}]`,
    );
  return [index];
}

export const indexCommands: Record<string, CommandDefinition> = {
  createIndexes,
  listIndexes,
  dropIndexes,
  deleteIndexes: dropIndexes,
};

function nameOf(definition: Doc): string {
  const name = definition.get('name');
  return typeof name === 'string' ? name : '';
}
