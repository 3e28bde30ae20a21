import { Binary, docOf } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { compileFilter } from '../query/compile-filter.ts';
import type { CommandDefinition } from './command.ts';
import { listReply } from './cursor-reply.ts';

/** Without options: each of MongoDB's makes another kind of collection, and none of those is supported. */
const create: CommandDefinition = {
  fields: [],
  run: async ({ store }, command) => {
    const namespace = command.namespace();
    await store.writer.run(() => {
      store.ensureCollection(namespace);
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
        options: nameOnly ? undefined : docOf({}),
        info: nameOnly ? undefined : docOf({ readOnly: false, uuid: new Binary(collection.uuid, 4) }),
        idIndex: nameOnly ? undefined : collection.idIndex.definition,
      }),
    );
    const found = described.filter((doc) => match === undefined || match(doc));
    return listReply(`${command.database}.$cmd.listCollections`, found);
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
    return docOf({ databases, ...(nameOnly ? {} : { totalSize: BigInt(total) }) });
  },
};

export const collectionCommands: Record<string, CommandDefinition> = {
  create,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
};
