import fc from 'fast-check';
import { Binary, Decimal128, Double, Int32, Long, ObjectId } from 'mongodb';
import type { Fields } from './compare-values.ts';

/** Around the places where types meet: equal numbers of different types, and those that only one type can tell apart. */
export const numbers = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -2, max: 3 }).map((value) => new Int32(value)) },
  { weight: 2, arbitrary: fc.integer({ min: -2, max: 3 }).map((value) => Long.fromNumber(value)) },
  { weight: 2, arbitrary: fc.constantFrom(-1.5, -0, 0, 0.1, 1, 2).map((value) => new Double(value)) },
  fc.constantFrom(NaN, Infinity, -Infinity, 2 ** 53, 1e300, 5e-324).map((value) => new Double(value)),
  fc
    .constantFrom('9007199254740992', '9007199254740993', '9223372036854775807', '-9223372036854775808')
    .map((text) => Long.fromString(text)),
  fc
    .constantFrom(
      '0.1',
      '0.10',
      '0.1000000000000000055511151231257827',
      '1E+400',
      '1.0E+400',
      '1',
      '2.0',
      '2.00',
      '-1.5',
      '9007199254740993',
      'NaN',
      'Infinity',
      '1E+3',
      '1E-300',
      '-0',
    )
    .map((text) => Decimal128.fromString(text)),
  fc.constantFrom(2147483647, -2147483648).map((value) => new Int32(value)),
);

/** Few enough that bounds meet values, and enough that most documents differ. */
export const ordinals = fc
  .tuple(fc.integer({ min: 0, max: 24 }), fc.constantFrom('int', 'int', 'long', 'double'))
  .map(([value, type]) => {
    if (type === 'int') return new Int32(value);
    return type === 'long' ? Long.fromNumber(value) : new Double(value);
  });

/** Longer than the keys that a store may have room for, and different only at the end. */
const longStrings = ['', 'a', 'b'].map((end) => 'x'.repeat(3000) + end);

const strings = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('', 'a', 'ab', 'abc', 'b', 'é', '\uffff', '😀', 'a\u0000b') },
  fc.constantFrom(...longStrings),
);

const others = fc.constantFrom<unknown>(
  true,
  false,
  new Date(-1),
  new Date(0),
  new Date(86_400_000),
  new ObjectId('000000000000000000000001'),
  new ObjectId('ffffffffffffffffffffffff'),
  new Binary(Buffer.from([1])),
  new Binary(Buffer.from([0, 0])),
  new Binary(Buffer.from([2]), 0x80),
);

const embedded = fc.constantFrom<Fields>(
  {},
  { x: new Int32(1) },
  { x: new Double(1) },
  { x: 'a', y: null },
  { y: null, x: 'a' },
);

/** Any value but an array. */
export const scalars: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 8, arbitrary: numbers },
  { weight: 4, arbitrary: strings },
  { weight: 2, arbitrary: others },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: embedded },
);

const parts = fc.record(
  { b: fc.oneof(scalars, fc.array(scalars, { maxLength: 2 })), c: scalars },
  { requiredKeys: [] },
);

const elements = fc.oneof(
  { weight: 3, arbitrary: ordinals },
  { weight: 4, arbitrary: scalars },
  { weight: 3, arbitrary: parts },
  { weight: 1, arbitrary: fc.array(numbers, { maxLength: 2 }) },
);

const values = {
  u: ordinals,
  n: fc.oneof({ weight: 3, arbitrary: numbers }, scalars),
  s: fc.oneof({ weight: 2, arbitrary: strings }, scalars),
  e: fc.oneof({ weight: 5, arbitrary: fc.record({ f: scalars, g: scalars }, { requiredKeys: [] }) }, scalars),
  a: fc.oneof({ weight: 5, arbitrary: fc.array(elements, { maxLength: 3 }) }, parts, scalars),
};

/** What a document has but for its `_id`; only `a`, and what is in it, is ever an array. */
export const contents: fc.Arbitrary<Fields> = fc.record<Fields>(values, { requiredKeys: [] });

/** Ids of three types, one for each number. */
export function documentId(number: number): unknown {
  if (number % 3 === 0) return new Int32(number);
  return number % 3 === 1 ? `id ${number}` : new ObjectId(number.toString(16).padStart(24, '0'));
}
