import fc from 'fast-check';
import { Int32 } from 'mongodb';
import { indexes, queries, type Query } from './arbitrary-queries.ts';
import { contents } from './arbitrary-values.ts';
import { writes } from './arbitrary-writes.ts';
import type { Run } from './compare-with-model.ts';
import type { Pattern } from './index-keys.ts';
import type { IndexSpec } from './model-collection.ts';

const byKey = { maxLength: 3, selector: ({ key }: IndexSpec) => JSON.stringify(key) };

/** Everything that the model knows, mixed. */
const wide: fc.Arbitrary<Run> = fc.record({
  documents: fc.array(contents, { minLength: 1, maxLength: 16 }),
  indexes: fc.uniqueArray(indexes, byKey),
  queries: fc.array(queries, { minLength: 1, maxLength: 5 }),
  writes: fc.array(writes, { maxLength: 6 }),
});

const digits = fc.integer({ min: 0, max: 9 }).map((value) => new Int32(value));

const ranges = fc.record(
  { $gt: digits, $gte: digits, $lt: digits, $lte: digits },
  { requiredKeys: [], noNullPrototype: true },
);

const orders = fc.constantFrom<Pattern>(
  { u: 1 },
  { u: -1 },
  { a: 1 },
  { a: -1 },
  { u: 1, a: -1 },
  { u: -1, a: 1 },
);

const narrowQueries: fc.Arbitrary<Query> = fc.record({
  filter: fc
    .tuple(
      fc.subarray(['u', 'a']),
      ranges.filter((range) => Object.keys(range).length > 0),
      ranges,
    )
    .map(([paths, one, other]) =>
      Object.fromEntries(
        paths.map((path, place) => [path, place === 0 ? one : { $gte: new Int32(0), ...other }]),
      ),
    ),
  sort: fc.option(orders),
  skip: fc.constantFrom(0, 0, 1),
  limit: fc.constantFrom(0, 0, 2),
});

/** Small integers on two fields, so that bounds often meet keys, and arrays both bounds of an empty range. */
const narrow: fc.Arbitrary<Run> = fc.record({
  documents: fc.uniqueArray(fc.record({ u: digits, a: fc.array(digits, { maxLength: 3 }) }), {
    minLength: 2,
    maxLength: 8,
    selector: ({ u }) => u.value,
  }),
  indexes: fc.uniqueArray(
    fc
      .tuple(orders, fc.boolean())
      .map(([key, unique]): IndexSpec => (unique && 'u' in key ? { key, unique } : { key })),
    byKey,
  ),
  queries: fc.array(narrowQueries, { minLength: 3, maxLength: 6 }),
  writes: fc.array(writes, { maxLength: 4 }),
});

export const runsOfACollection: fc.Arbitrary<Run> = fc.oneof({ weight: 2, arbitrary: wide }, narrow);
