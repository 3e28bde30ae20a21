import fc from 'fast-check';
import { Double, Int32 } from 'mongodb';
import { numbers, ordinals, scalars } from './arbitrary-values.ts';
import type { Fields } from './compare-values.ts';
import type { Pattern } from './index-keys.ts';
import type { IndexSpec } from './model-collection.ts';

export interface Query {
  filter: Fields;
  sort: Pattern | null;
  skip: number;
  limit: number;
}

const range = fc
  .record({ $gt: scalars, $gte: scalars, $lt: scalars, $lte: scalars }, { requiredKeys: [] })
  .filter((condition) => Object.keys(condition).length > 0);

/** Either bound may be the greater: of an array, different elements can meet the two. */
const ordinalRange = fc
  .tuple(
    ordinals,
    ordinals,
    fc.constantFrom('$gt', '$gte'),
    fc.constantFrom('$lt', '$lte'),
    fc.constantFrom(0, 1, 2),
  )
  .map(([low, high, above, below, open]) => ({
    ...(open === 1 ? {} : { [above]: low }),
    ...(open === 2 ? {} : { [below]: high }),
  }));

const types = fc.constantFrom(
  'int',
  'double',
  'number',
  'string',
  'object',
  'binData',
  'objectId',
  'bool',
  'date',
  'null',
);

const comparisons = fc.oneof(
  { weight: 3, arbitrary: scalars.map((value) => ({ $eq: value })) },
  { weight: 4, arbitrary: range },
  { weight: 2, arbitrary: fc.record({ $gte: numbers, $lt: numbers }) },
  fc.array(scalars, { minLength: 1, maxLength: 3 }).map((list) => ({ $in: list })),
  fc.array(scalars, { minLength: 1, maxLength: 2 }).map((list) => ({ $nin: list })),
  scalars.map((value) => ({ $ne: value })),
  types.map((type) => ({ $type: type })),
  fc.constantFrom('^a', '^ab', 'b$', '^x').map((pattern) => ({ $regex: pattern })),
);

const conditions: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: scalars },
  { weight: 6, arbitrary: comparisons },
  fc.boolean().map((exists) => ({ $exists: exists })),
  comparisons.map((condition) => ({ $not: condition })),
);

const arrayConditions: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: ordinalRange },
  { weight: 4, arbitrary: conditions },
  fc.array(scalars, { maxLength: 2 }),
  fc.array(scalars, { maxLength: 2 }).map((array) => ({ $gte: array })),
  fc.integer({ min: 0, max: 2 }).map((length) => ({ $size: new Int32(length) })),
  fc.array(scalars, { minLength: 1, maxLength: 2 }).map((all) => ({ $all: all })),
  fc.constant({ $type: 'array' }),
  comparisons.map((condition) => ({ $elemMatch: condition })),
  fc.record({ b: conditions, c: conditions }, { requiredKeys: ['b'] }).map((part) => ({ $elemMatch: part })),
);

const onPath = (path: string, condition: fc.Arbitrary<unknown>): fc.Arbitrary<[string, unknown]> =>
  condition.map((one) => [path, one]);

const field = fc.oneof(
  { weight: 3, arbitrary: onPath('u', fc.oneof({ weight: 4, arbitrary: ordinalRange }, conditions)) },
  { weight: 2, arbitrary: onPath('n', conditions) },
  onPath('s', conditions),
  onPath('e', conditions),
  onPath('e.f', conditions),
  { weight: 3, arbitrary: onPath('a', arrayConditions) },
  onPath('a.b', fc.oneof({ weight: 2, arbitrary: conditions }, arrayConditions)),
);

/** Few fields, so that something is found. */
const short = fc
  .oneof(fc.tuple(field), fc.tuple(field, field), fc.constant([]))
  .map((entries): Fields => Object.fromEntries<unknown>(entries));

export const filters: fc.Arbitrary<Fields> = fc.oneof(
  { weight: 6, arbitrary: short },
  fc
    .tuple(short, fc.array(short, { minLength: 1, maxLength: 3 }), fc.constantFrom('$or', '$and', '$nor'))
    .map(([plain, parts, name]) => ({ ...plain, [name]: parts })),
);

/** Of a sort or an index; one path of each at most can lead through an array. */
const patterns = fc.constantFrom<Pattern>(
  { n: 1 },
  { n: -1 },
  { s: 1 },
  { e: 1 },
  { 'e.f': 1 },
  { a: 1 },
  { a: -1 },
  { 'a.b': 1 },
  { n: 1, s: -1 },
  { s: 1, n: 1 },
  { 'e.f': -1, n: 1 },
  { 'e.f': 1, 'e.g': 1 },
  { n: 1, a: 1 },
  { 'a.b': -1, s: 1 },
  { n: 1, _id: 1 },
  { u: 1 },
  { u: -1 },
  { n: 1, u: -1 },
  { u: 1, a: -1 },
);

const sorts = fc.tuple(patterns, fc.boolean(), fc.boolean()).map(([pattern, reversed, total]): Pattern => {
  const turned = Object.entries(pattern).map(([path, way]) => [path, reversed ? -way : way] as const);
  return Object.fromEntries(total ? [...turned, ['_id', 1]] : turned) as Pattern;
});

export const queries: fc.Arbitrary<Query> = fc.record({
  filter: filters,
  sort: fc.option(sorts),
  skip: fc.constantFrom(0, 0, 0, 1, 3),
  limit: fc.constantFrom(0, 0, 1, 2, 5),
});

const partial = fc.constantFrom<Fields>(
  { n: { $gt: new Int32(0) } },
  { n: { $gte: new Double(0) }, s: 'a' },
  { s: { $exists: true } },
  { s: { $type: 'string' } },
  { n: { $lte: new Int32(1) } },
  { n: { $lt: new Double(2) }, e: { $exists: true } },
  { a: { $gt: new Int32(0) } },
  { 'a.b': { $lte: 'b' } },
);

export const indexes: fc.Arbitrary<IndexSpec> = fc.oneof(
  { weight: 4, arbitrary: patterns.map((key): IndexSpec => ({ key })) },
  patterns.map((key): IndexSpec => ({ key, unique: true })),
  patterns.map((key): IndexSpec => ({ key, sparse: true })),
  fc
    .tuple(patterns, partial)
    .map(([key, partialFilterExpression]): IndexSpec => ({ key, partialFilterExpression })),
  {
    weight: 2,
    arbitrary: fc
      .constantFrom<Pattern>({ u: 1 }, { u: -1 }, { n: 1, u: -1 }, { u: 1, s: 1 })
      .map((key): IndexSpec => ({ key, unique: true })),
  },
  fc.constant<IndexSpec>({ key: { s: 1 }, unique: true, sparse: true }),
  partial.map((partialFilterExpression): IndexSpec => ({
    key: { n: 1 },
    unique: true,
    partialFilterExpression,
  })),
);
