import { combine, toNumber } from '../bson/number.ts';
import { typeName } from '../bson/type.ts';
import { Double, isNumeric, type Numeric, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { anyNumber, isNullish, simple } from './operands.ts';
import type { CompileOperator } from './operators.ts';

function numeric(name: string, value: Value): Numeric {
  if (isNumeric(value)) return value;
  throw new StoreError('TypeMismatch', `${name} only supports numeric types, not ${typeName(value)}`);
}

/** Of the numbers, one may be a date in `$add`. */
function fold(name: string, op: '+' | '*', start: number): CompileOperator {
  return simple(name, anyNumber, (...values) => {
    let total: Numeric = start;
    let date = false;
    for (const value of values) {
      if (isNullish(value)) return null;
      if (op === '+' && value instanceof Date && !date) {
        date = true;
        total = combine('+', total, BigInt(value.getTime()));
      } else {
        total = combine(op, total, numeric(name, value));
      }
    }
    return date ? new Date(toNumber(total)) : total;
  });
}

function subtract(a: Value | undefined, b: Value | undefined): Value {
  if (isNullish(a) || isNullish(b)) return null;
  if (a instanceof Date) {
    return b instanceof Date
      ? BigInt(a.getTime() - b.getTime())
      : new Date(a.getTime() - toNumber(numeric('$subtract', b)));
  }
  return combine('-', numeric('$subtract', a), numeric('$subtract', b));
}

export const numberOperators: Record<string, CompileOperator> = {
  $add: fold('$add', '+', 0),
  $multiply: fold('$multiply', '*', 1),
  $subtract: simple('$subtract', 2, subtract),
  $rand: () => () => new Double(Math.random()),
};
