import { type AnyClientBulkWriteModel, BSON, Collection, Db, type Document, MongoClient } from 'mongodb';
import { collectionOperations } from './collection-operations.ts';
import { driverArguments } from './driver-arguments.ts';
import { type Entities, instance } from './entities.ts';
import type { Fields, Operation } from './spec-file.ts';

/** Runs one operation through the driver: what it gave, or whatever the driver threw. */
export async function runOperation(operation: Operation, entities: Entities): Promise<unknown> {
  const args = driverArguments(operation.arguments ?? {});
  if (typeof args['session'] === 'string') args['session'] = entities.get(args['session']);
  if (operation.object === 'testRunner') return runOwn(operation.name, args, entities);
  const object = entities.get(operation.object);
  if (object instanceof MongoClient) return runOnClient(operation.name, args, object);
  if (object instanceof Db) return runOnDatabase(operation.name, args, object);
  const perform = collectionOperations[operation.name];
  if (!perform) throw unknown(operation.name);
  return perform(instance(object, Collection), args);
}

async function runOnClient(name: string, args: Fields, client: MongoClient): Promise<unknown> {
  if (name !== 'clientBulkWrite') throw unknown(name);
  const { models, ...options } = args;
  const named = (models as Record<string, Fields>[]).flatMap((model) =>
    Object.entries(model).map(
      ([kind, fields]) => ({ ...fields, name: kind }) as unknown as AnyClientBulkWriteModel<Document>,
    ),
  );
  return client.bulkWrite(named, options);
}

async function runOnDatabase(name: string, args: Fields, database: Db): Promise<unknown> {
  switch (name) {
    case 'aggregate': {
      const { pipeline, ...options } = args;
      return database.aggregate(pipeline as Document[], options).toArray();
    }
    case 'createCollection': {
      const { collection, ...options } = args;
      return database.createCollection(String(collection), options);
    }
    case 'dropCollection': {
      const { collection, ...options } = args;
      return database.dropCollection(String(collection), options);
    }
    case 'listCollections': {
      const { filter, ...options } = args;
      return database.listCollections(filter as Document, options).toArray();
    }
    case 'modifyCollection': {
      const { collection, ...changes } = args;
      return database.command({ collMod: collection, ...changes });
    }
    case 'runCommand':
      return database.command(args['command'] as Document);
    default:
      throw unknown(name);
  }
}

async function runOwn(name: string, args: Fields, entities: Entities): Promise<void> {
  switch (name) {
    case 'failPoint':
      await entities
        .client(String(args['client']))
        .db('admin')
        .command(args['failPoint'] as Document);
      return;
    case 'assertCollectionExists':
      return assertCollection(args, entities, true);
    case 'assertCollectionNotExists':
      return assertCollection(args, entities, false);
    default:
      throw unknown(name);
  }
}

async function assertCollection(args: Fields, entities: Entities, expected: boolean): Promise<void> {
  const [client] = entities.clients();
  if (!client) throw new Error('the test has no client');
  const name = String(args['collectionName']);
  const found = await client.db(String(args['databaseName'])).listCollections({ name }).toArray();
  if (found.length > 0 !== expected)
    throw new Error(
      `collection ${name}: ${expected ? 'not there' : `there, ${BSON.EJSON.stringify(found)}`}`,
    );
}

const unknown = (name: string): Error => new Error(`the runner does not know the operation ${name}`);
