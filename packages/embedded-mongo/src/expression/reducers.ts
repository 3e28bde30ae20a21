import { compareValues } from '../bson/compare.ts';
import { combine, toNumber } from '../bson/number.ts';
import { Decimal128, Double, isNumeric, type Numeric, type Value } from '../bson/value.ts';

function sum(values: readonly Value[]): Numeric {
  return values.filter(isNumeric).reduce<Numeric>(add, 0);
}

/** A sum that overflows a Long goes on as a double, as in MongoDB's $sum. */
export function add(a: Numeric, b: Numeric): Numeric {
  if (typeof a === 'number' && typeof b === 'number') return combine('+', a, b);
  try {
    return combine('+', a, b);
  } catch {
    return new Double(toNumber(a) + toNumber(b));
  }
}

function avg(values: readonly Value[]): Value {
  const numbers = values.filter(isNumeric);
  return average(sum(numbers), numbers.length);
}

export function average(total: Numeric, count: number): Value {
  if (count === 0) return null;
  const mean = toNumber(total) / count;
  return total instanceof Decimal128 ? Decimal128.fromString(String(mean)) : new Double(mean);
}

function extreme(values: readonly Value[], direction: 1 | -1): Value {
  let best: Value = null;
  for (const value of values) {
    if (value !== null && (best === null || compareValues(value, best) * direction > 0)) best = value;
  }
  return best;
}

/** Folds over lists of values; nulls and, for numbers, other types are passed over. */
export const reducers = {
  sum,
  avg,
  min: (values: readonly Value[]): Value => extreme(values, -1),
  max: (values: readonly Value[]): Value => extreme(values, 1),
};
