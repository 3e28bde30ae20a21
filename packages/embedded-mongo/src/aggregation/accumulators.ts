import { compareValues } from '../bson/compare.ts';
import { encodeComponent } from '../bson/key.ts';
import { combine, toNumber } from '../bson/number.ts';
import { Decimal128, Double, isNumeric, type Numeric, type Value } from '../bson/value.ts';
import { approximateBytes } from './document-size.ts';

/** Folds the values of one group; `add` answers by how many bytes it grew. */
export interface Accumulator {
  readonly add: (value: Value | undefined) => number;
  readonly result: () => Value;
}

/** A sum that overflows a Long goes on as a double, as in MongoDB's $sum. */
function add(a: Numeric, b: Numeric): Numeric {
  if (typeof a === 'number' && typeof b === 'number') return combine('+', a, b);
  try {
    return combine('+', a, b);
  } catch {
    return new Double(toNumber(a) + toNumber(b));
  }
}

function average(total: Numeric, count: number): Value {
  if (count === 0) return null;
  const mean = toNumber(total) / count;
  return total instanceof Decimal128 ? Decimal128.fromString(String(mean)) : new Double(mean);
}

function sum(): Accumulator {
  let total: Numeric = 0;
  return {
    add: (value) => {
      if (isNumeric(value)) total = add(total, value);
      return 0;
    },
    result: () => total,
  };
}

function avg(): Accumulator {
  let total: Numeric = 0;
  let count = 0;
  return {
    add: (value) => {
      if (isNumeric(value)) {
        total = add(total, value);
        count++;
      }
      return 0;
    },
    result: () => average(total, count),
  };
}

/** Keeps one of the values; `replaces` decides. Nulls count for $first and $last alone. */
function keeping(
  replaces: (value: Value | undefined, kept: Value | undefined, isFirst: boolean) => boolean,
): () => Accumulator {
  return () => {
    let kept: Value | undefined;
    let isFirst = true;
    return {
      add: (value) => {
        if (!replaces(value, kept, isFirst)) return 0;
        const grown = approximateBytes(value ?? null) - approximateBytes(kept ?? null);
        kept = value;
        isFirst = false;
        return grown;
      },
      result: () => kept ?? null,
    };
  };
}

function push(): Accumulator {
  const values: Value[] = [];
  return {
    add: (value) => {
      if (value === undefined) return 0;
      values.push(value);
      return approximateBytes(value);
    },
    result: () => values,
  };
}

function addToSet(): Accumulator {
  const values = new Map<string, Value>();
  return {
    add: (value) => {
      if (value === undefined) return 0;
      const key = encodeComponent(value).bytes.toString('latin1');
      if (values.has(key)) return 0;
      values.set(key, value);
      return approximateBytes(value) + key.length;
    },
    result: () => [...values.values()],
  };
}

const present = (value: Value | undefined): value is Value => value !== undefined && value !== null;

/** Of `$group`, by name; `$count` is a `$sum` of ones. */
export const accumulators: ReadonlyMap<string, () => Accumulator> = new Map([
  ['$sum', sum],
  ['$avg', avg],
  ['$min', keeping((value, kept, isFirst) => present(value) && (isFirst || compareValues(value, kept) < 0))],
  ['$max', keeping((value, kept, isFirst) => present(value) && (isFirst || compareValues(value, kept) > 0))],
  ['$first', keeping((_value, _kept, isFirst) => isFirst)],
  ['$last', keeping(() => true)],
  ['$push', push],
  ['$addToSet', addToSet],
  ['$count', sum],
]);
