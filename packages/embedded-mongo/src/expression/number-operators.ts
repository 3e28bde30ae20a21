import {
  combine,
  decimalOf,
  exactDecimal,
  numberValue,
  toDecimal,
  toInteger,
  toNumber,
} from '../bson/number.ts';
import { Decimal128, Double, isNumeric, type Numeric, typeName, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { isNullish, simple } from './operands.ts';
import type { CompileOperator } from './operators.ts';

function numeric(name: string, value: Value): Numeric {
  if (isNumeric(value)) return value;
  throw new StoreError('TypeMismatch', `${name} only supports numeric types, not ${typeName(value)}`);
}

function fold(name: string, op: '+' | '*', start: number): CompileOperator {
  return simple(name, [0, Number.MAX_SAFE_INTEGER], (...values) => {
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

function divide(a: Value | undefined, b: Value | undefined): Value {
  if (isNullish(a) || isNullish(b)) return null;
  const divisor = toNumber(numeric('$divide', b));
  if (divisor === 0) throw new StoreError('BadValue', "can't $divide by zero");
  const dividend = numeric('$divide', a);
  if (dividend instanceof Decimal128 || b instanceof Decimal128)
    return divideDecimal(dividend, numeric('$divide', b));
  return new Double(toNumber(dividend) / divisor);
}

function divideDecimal(a: Numeric, b: Numeric): Decimal128 {
  const p = exactDecimal(toDecimal(a));
  const q = exactDecimal(toDecimal(b));
  // 40 more digits than the divisor has: enough to round at 34.
  const scale = q.coefficient.toString().length + 40;
  return decimalOf({
    coefficient: (p.coefficient * 10n ** BigInt(scale)) / q.coefficient,
    exponent: p.exponent - q.exponent - scale,
  });
}

function modulo(a: Value | undefined, b: Value | undefined): Value {
  if (isNullish(a) || isNullish(b)) return null;
  const x = numeric('$mod', a);
  const y = numeric('$mod', b);
  if (toNumber(y) === 0) throw new StoreError(16610, "can't $mod by zero");
  if (typeof x === 'number' && typeof y === 'number') return x % y;
  if (
    !(x instanceof Double) &&
    !(y instanceof Double) &&
    !(x instanceof Decimal128) &&
    !(y instanceof Decimal128)
  )
    return BigInt(x) % BigInt(y);
  return new Double(toNumber(x) % toNumber(y));
}

/** Integers stay what they are; doubles stay doubles. */
function rounding(name: string, round: (value: number) => number): CompileOperator {
  return simple(name, 1, (value) => {
    if (isNullish(value)) return null;
    const number = numeric(name, value);
    if (number instanceof Double) return new Double(round(number.value));
    return number instanceof Decimal128 ? toDecimal(new Double(round(toNumber(number)))) : number;
  });
}

function roundTo(name: string, round: (value: number) => number): CompileOperator {
  return simple(name, [1, 2], (value, place) => {
    if (isNullish(value)) return null;
    const number = numeric(name, value);
    const digits = Number(isNullish(place) ? 0n : (toInteger(numeric(name, place)) ?? 0n));
    if (!(number instanceof Double) && digits >= 0) return number;
    const shifted = Number(`${toNumber(number)}e${digits}`);
    const result = Number(`${round(shifted)}e${-digits}`);
    return number instanceof Double ? new Double(result) : numberValue(result);
  });
}

/** Half to even, as MongoDB's $round. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function real(name: string, apply: (value: number) => number): CompileOperator {
  return simple(name, 1, (value) =>
    isNullish(value) ? null : new Double(apply(toNumber(numeric(name, value)))),
  );
}

export const numberOperators: Record<string, CompileOperator> = {
  $add: fold('$add', '+', 0),
  $multiply: fold('$multiply', '*', 1),
  $subtract: simple('$subtract', 2, subtract),
  $divide: simple('$divide', 2, divide),
  $mod: simple('$mod', 2, modulo),
  $abs: simple('$abs', 1, (value) => {
    if (isNullish(value)) return null;
    const number = numeric('$abs', value);
    return toNumber(number) < 0 ? combine('*', number, -1) : number;
  }),
  $ceil: rounding('$ceil', Math.ceil),
  $floor: rounding('$floor', Math.floor),
  $round: roundTo('$round', roundHalfEven),
  $trunc: roundTo('$trunc', Math.trunc),
  $sqrt: real('$sqrt', Math.sqrt),
  $exp: real('$exp', Math.exp),
  $ln: real('$ln', Math.log),
  $log10: real('$log10', Math.log10),
  $pow: simple('$pow', 2, (a, b) => {
    if (isNullish(a) || isNullish(b)) return null;
    const x = numeric('$pow', a);
    const y = numeric('$pow', b);
    const result = toNumber(x) ** toNumber(y);
    return x instanceof Double || y instanceof Double || toNumber(y) < 0
      ? new Double(result)
      : numberValue(result);
  }),
  $rand: () => () => new Double(Math.random()),
};
