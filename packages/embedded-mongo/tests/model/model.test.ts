import fc from 'fast-check';
import { Decimal128, Double, Int32, Long } from 'mongodb';
import { expect, it } from 'vitest';
import { startTestServer } from '../durability/start-test-server.ts';
import { runsOfACollection } from './arbitrary-runs.ts';
import { checkAnswer, show } from './check-query.ts';
import { compareWithModel } from './compare-with-model.ts';
import { readModelEnv } from './env.ts';
import type { BsonNumber } from './exact-number.ts';

const { runs, seed, uri } = readModelEnv();

const timeLimitMs = runs * 500;

it(
  `answers as a plain model does, with and without each index, over ${runs} random collections`,
  { timeout: timeLimitMs + 20_000 },
  async () => {
    await using server = await startTestServer(uri);
    const database = server.client.db('model');
    let number = 0;
    await fc.assert(
      fc.asyncProperty(runsOfACollection, async (one) => {
        const collection = database.collection(`run${number++}`);
        await compareWithModel(collection, one);
        await collection.drop();
      }),
      {
        numRuns: runs,
        seed,
        // Stops shrinking in time for the counterexample, and its seed, to be told.
        interruptAfterTimeLimit: timeLimitMs,
        markInterruptAsFailure: true,
      },
    );
  },
);

/** Equal numbers that have nothing in common but that: types, digits, and what a double cannot hold. */
const equals: [BsonNumber, BsonNumber][] = [
  [new Int32(1), new Double(1)],
  [new Int32(1), Decimal128.fromString('1.0')],
  [new Double(0), Decimal128.fromString('-0')],
  [new Double(NaN), Decimal128.fromString('NaN')],
  [Long.fromString('9007199254740993'), Decimal128.fromString('9007199254740993')],
  [Decimal128.fromString('0.1'), Decimal128.fromString('0.10')],
  [Decimal128.fromString('1E+400'), Decimal128.fromString('1.0E+400')],
];

it('takes equal numbers for one in a unique index and in a search by an index', async () => {
  await using server = await startTestServer(uri);
  for (const [number, [one, other]] of equals.entries()) {
    const collection = server.client.db('model').collection(`equals${number}`);
    await collection.drop();
    await collection.createIndex({ n: 1 }, { unique: true }, {});
    await collection.insertOne({ n: one });
    await expect(collection.insertOne({ n: other }), show([one, other])).rejects.toMatchObject({
      code: 11000,
    });
    expect(await collection.find({ n: other }).hint({ n: 1 }).toArray(), show([one, other])).toHaveLength(1);
  }
});

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
