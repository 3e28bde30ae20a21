import fc from 'fast-check';
import { Double, Int32 } from 'mongodb';
import { expect, it } from 'vitest';
import { startTestServer } from '../durability/start-test-server.ts';
import { runsOfACollection } from './arbitrary-runs.ts';
import { checkAnswer } from './check-query.ts';
import { compareWithModel } from './compare-with-model.ts';
import { readModelEnv } from './env.ts';

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
