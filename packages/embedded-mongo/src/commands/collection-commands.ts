import { Binary, docOf, isDoc } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { compileFilter } from '../query/compile-filter.ts';
import type { Collection } from '../storage/collection.ts';
import type { Store } from '../storage/store.ts';
import type { CommandDefinition } from './command.ts';
import { listReply } from './cursor-reply.ts';

/** Options that change what a collection is; none of them is supported. */
const refusedOptions = [
  'capped',
  'size',
  'max',
  'timeseries',
  'clusteredIndex',
  'viewOn',
  'pipeline',
  'validator',
  'changeStreamPreAndPostImages',
  'expireAfterSeconds',
  'encryptedFields',
  'storageEngine',
  'indexOptionDefaults',
];

/** The collection, made inside the running transaction if it is not there. */
export function ensureCollection(store: Store, database: string, name: string): Collection {
  return store.collection(`${database}.${name}`) ?? store.catalog.create(database, name, new Map());
}

const create: CommandDefinition = {
  fields: [
    ...refusedOptions,
    'validationLevel',
    'validationAction',
    'autoIndexId',
    'idIndex',
    'writeConcern',
  ],
  run: async ({ store }, command) => {
    const { ns, collection: name } = command.namespace();
    for (const option of refusedOptions) {
      const value = command.get(option);
      if (
        value !== undefined &&
        value !== false &&
        !(option === 'validator' && isDoc(value) && value.size === 0)
      ) {
        throw new StoreError('InvalidOptions', `create option '${option}' is not supported by this server`);
      }
    }
    await store.writer.run(() => {
      const existing = store.collection(ns);
      if (existing === undefined) store.catalog.create(command.database, name, new Map());
    });
    return docOf({});
  },
};

const drop: CommandDefinition = {
  fields: [],
  run: async ({ store }, command) => {
    const { ns } = command.namespace();
    const dropped = await store.writer.run(() => {
      const collection = store.collection(ns);
      if (collection === undefined) return undefined;
      store.catalog.drop(collection);
      return collection.indexes.length;
    });
    if (dropped === undefined) return docOf({});
    store.garbage.wake();
    return docOf({ nIndexesWas: dropped, ns });
  },
};

const dropDatabase: CommandDefinition = {
  fields: [],
  run: async ({ store }, command) => {
    const count = await store.writer.run(() => {
      const collections = store.catalog.inDatabase(command.database);
      for (const collection of collections) store.catalog.drop(collection);
      return collections.length;
    });
    store.garbage.wake();
    return docOf({ dropped: count > 0 ? command.database : undefined });
  },
};

const listCollections: CommandDefinition = {
  fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  run: ({ store }, command) => {
    const filter = command.doc('filter');
    const match = filter === undefined ? undefined : compileFilter(filter);
    const nameOnly = command.bool('nameOnly');
    const described = store.catalog.inDatabase(command.database).map((collection) =>
      docOf({
        name: collection.name,
        type: 'collection',
        options: nameOnly ? undefined : collection.options,
        info: nameOnly ? undefined : docOf({ readOnly: false, uuid: new Binary(collection.uuid, 4) }),
        idIndex: nameOnly ? undefined : collection.idIndex.definition,
      }),
    );
    const found = described.filter((doc) => match === undefined || match(doc));
    return Promise.resolve(listReply(`${command.database}.$cmd.listCollections`, found));
  },
};

const listDatabases: CommandDefinition = {
  fields: ['filter', 'nameOnly', 'authorizedDatabases'],
  run: ({ store }, command) => {
    if (command.database !== 'admin')
      throw new StoreError('Unauthorized', 'listDatabases may only be run against the admin database.');
    const sizes = new Map<string, number>();
    for (const { database, bytes } of store.catalog.all())
      sizes.set(database, (sizes.get(database) ?? 0) + bytes);
    const filter = command.doc('filter');
    const match = filter === undefined ? undefined : compileFilter(filter);
    const nameOnly = command.bool('nameOnly');
    const databases = [...sizes]
      .map(([name, bytes]) =>
        docOf({ name, ...(nameOnly ? {} : { sizeOnDisk: BigInt(bytes), empty: false }) }),
      )
      .filter((doc) => match === undefined || match(doc));
    const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
    return Promise.resolve(docOf({ databases, ...(nameOnly ? {} : { totalSize: BigInt(total) }) }));
  },
};

const collStats: CommandDefinition = {
  fields: ['scale'],
  run: ({ store }, command) => {
    const { ns } = command.namespace();
    const collection = store.collection(ns);
    const count = collection?.count ?? 0;
    const size = collection?.bytes ?? 0;
    return Promise.resolve(
      docOf({
        ns,
        count,
        size: BigInt(size),
        avgObjSize: count === 0 ? 0 : Math.round(size / count),
        nindexes: collection?.indexes.length ?? 0,
      }),
    );
  },
};

export const collectionCommands: Record<string, CommandDefinition> = {
  create,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
  collStats,
};
