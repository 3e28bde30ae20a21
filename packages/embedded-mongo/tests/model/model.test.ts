import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Double, Int32, MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startStoreProcess, type StoreProcess } from '../durability/start-store-process.ts';
import { indexes, queries } from './arbitrary-queries.ts';
import { contents } from './arbitrary-values.ts';
import { writes } from './arbitrary-writes.ts';
import { checkAnswer } from './check-query.ts';
import { compareWithModel } from './compare-with-model.ts';
import { readModelEnv } from './env.ts';

const { runs, seed, uri } = readModelEnv();

let store: StoreProcess | null = null;
let dataDir = '';
let client: MongoClient;

beforeAll(async () => {
  if (!uri) {
    dataDir = await mkdtemp(join(tmpdir(), 'store-model-'));
    store = await startStoreProcess(dataDir);
  }
  client = await new MongoClient(uri ?? store?.uri ?? '', { serverSelectionTimeoutMS: 5_000 }).connect();
});

afterAll(async () => {
  await client.close();
  await store?.[Symbol.asyncDispose]();
  if (dataDir) await rm(dataDir, { recursive: true });
});

const run = fc.record({
  documents: fc.array(contents, { minLength: 1, maxLength: 16 }),
  indexes: fc.array(indexes, { maxLength: 2 }),
  queries: fc.array(queries, { minLength: 1, maxLength: 5 }),
  writes: fc.array(writes, { maxLength: 6 }),
});

const timeLimitMs = runs * 500;

it(
  `answers as a plain model does, with and without each index, over ${runs} random collections`,
  { timeout: timeLimitMs + 20_000 },
  async () => {
    const database = client.db('model');
    let number = 0;
    await fc.assert(
      fc.asyncProperty(run, async (one) => {
        const collection = database.collection(`run${number++}`);
        await compareWithModel(collection, one);
        await collection.drop();
      }),
      {
        numRuns: runs,
        ...(seed === null ? {} : { seed }),
        // Stops shrinking in time for the counterexample, and its seed, to be told.
        interruptAfterTimeLimit: timeLimitMs,
        markInterruptAsFailure: true,
      },
    );
  },
);

it('would notice a missing, a retyped, a strange, a doubled and a misplaced document', () => {
  const [one, two] = [{ _id: new Int32(1) }, { _id: new Int32(2) }];
  const query = { filter: {}, sort: { _id: 1 as const }, skip: 0, limit: 0 };
  const check = (...answer: object[]): void => checkAnswer(query, [one, two], answer as (typeof one)[]);
  check(one, two);
  expect(() => check(one)).toThrow('expected 2');
  expect(() => check(one, { _id: new Double(2) })).toThrow('expected 2');
  expect(() => check(one, { _id: new Int32(3) })).toThrow('expected 2');
  expect(() => check(one, one)).toThrow('expected 2');
  expect(() => check(two, one)).toThrow('number 0 is wrong');
});
