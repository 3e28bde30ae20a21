import { BSON, type Document, type MongoClient } from 'mongodb';
import { checkError } from './check-error.ts';
import { checkEvents } from './check-events.ts';
import { Entities } from './entities.ts';
import { matchDocuments, matchValue } from './match-value.ts';
import { runOperation } from './run-operation.ts';
import type { CollectionData, Operation, SpecFile, SpecTest } from './spec-file.ts';

interface Server {
  uri: string;
  /** The runner's own connection, for the data before a test and after it. */
  client: MongoClient;
}

/** Runs one test on `server`: throws the first thing that is not as the test expects it. */
export async function runSpecTest(file: SpecFile, test: SpecTest, server: Server): Promise<void> {
  await restore(file.initialData ?? [], server.client);
  await using entities = new Entities(server.uri);
  await entities.create(file.createEntities ?? []);
  try {
    for (const operation of test.operations) await check(operation, entities);
  } finally {
    if (test.operations.some(({ name }) => name === 'failPoint')) await disarm(server.client);
  }
  for (const expected of test.expectEvents ?? [])
    checkEvents(expected, entities.events(expected.client), (id) => entities.get(id));
  // A write with w:0 is not waited for; the answer to a later command on its connection is.
  for (const client of entities.clients()) await client.db('admin').command({ ping: 1 });
  for (const data of test.outcome ?? []) await checkOutcome(data, server.client);
}

async function restore(initial: CollectionData[], admin: MongoClient): Promise<void> {
  for (const name of new Set(initial.map(({ databaseName }) => databaseName)))
    await admin.db(name).dropDatabase();
  for (const { databaseName, collectionName, documents } of initial) {
    if (documents.length === 0) await admin.db(databaseName).createCollection(collectionName);
    else await admin.db(databaseName).collection(collectionName).insertMany(documents);
  }
}

async function check(operation: Operation, entities: Entities): Promise<void> {
  const findEntity = (id: string): unknown => entities.get(id);
  const outcome = await runOperation(operation, entities).then(
    (result) => ({ result }),
    (error: unknown) => ({ error }),
  );
  if (operation.ignoreResultAndError) return;
  if ('error' in outcome) {
    if (!operation.expectError) throw outcome.error;
    checkError(operation.expectError, outcome.error, findEntity);
    return;
  }
  if (operation.expectError)
    throw new Error(`${operation.name} was to fail, but gave ${BSON.EJSON.stringify(outcome.result)}`);
  if ('expectResult' in operation) matchValue(operation.expectResult, outcome.result, findEntity);
  if (operation.saveResultAsEntity) entities.save(operation.saveResultAsEntity, outcome.result);
}

async function disarm(admin: MongoClient): Promise<void> {
  await admin.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
}

async function checkOutcome(data: CollectionData, admin: MongoClient): Promise<void> {
  const collection = admin.db(data.databaseName).collection(data.collectionName);
  const documents: Document[] = await collection.find().sort({ _id: 1 }).toArray();
  matchDocuments(data.documents, documents);
}
