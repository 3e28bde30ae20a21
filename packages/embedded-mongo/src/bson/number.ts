import { StoreError } from '../errors/store-error.ts';
import { Decimal128, Double, type Numeric } from './value.ts';

const int32Max = 2_147_483_647;
const int32Min = -2_147_483_648;
const int64Max = 9_223_372_036_854_775_807n;
const int64Min = -9_223_372_036_854_775_808n;

/** The nearest JS number; exact for everything but large Longs and most Decimals. */
export function toNumber(value: Numeric): number {
  if (typeof value === 'number') return value;
  if (value instanceof Double) return value.value;
  return Number(value instanceof Decimal128 ? value.toString() : value);
}

/** A finite Decimal128 as coefficient × 10^exponent. */
export interface ExactDecimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

export function exactDecimal(value: Decimal128): ExactDecimal {
  const match = /^(-?)(\d*)\.?(\d*)(?:E([+-]?\d+))?$/i.exec(value.toString());
  if (match === null) throw new StoreError('BadValue', `not a finite decimal: ${value.toString()}`);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const coefficient = BigInt(`${whole}${fraction}` || '0');
  return {
    coefficient: sign === '-' ? -coefficient : coefficient,
    exponent: Number(exponent) - fraction.length,
  };
}

/** A finite double as mantissa × 2^exponent, exactly. */
function exactDouble(value: number): { mantissa: bigint; exponent: number } {
  let exponent = 0;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    exponent -= 1;
  }
  return { mantissa: BigInt(scaled), exponent };
}

/** Orders two numeric values of any types exactly; NaN is equal to itself and below everything. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0;
  const x = toNumber(a);
  const y = toNumber(b);
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
  if (x !== y) return x < y ? -1 : 1;
  if (!Number.isFinite(x) || (isExactInDouble(a) && isExactInDouble(b))) return compareInfinite(a, b);
  const [p, q] = commonScale(a, b);
  return p < q ? -1 : p > q ? 1 : 0;
}

/** Both have the same nearest double. An out-of-range Decimal rounds to Infinity and must not equal it. */
function compareInfinite(a: Numeric, b: Numeric): number {
  if (!(a instanceof Decimal128) && !(b instanceof Decimal128)) return 0;
  if (isInfinite(a) || isInfinite(b)) {
    if (isInfinite(a) && isInfinite(b)) return 0;
    const sign = toNumber(a) > 0 ? 1 : -1;
    return isInfinite(a) ? sign : -sign;
  }
  const [p, q] = commonScale(a, b);
  return p < q ? -1 : p > q ? 1 : 0;
}

function isInfinite(value: Numeric): boolean {
  if (value instanceof Decimal128) return value.toString().includes('Inf');
  return value instanceof Double && !Number.isFinite(value.value);
}

function isExactInDouble(value: Numeric): boolean {
  return typeof value === 'number' || value instanceof Double;
}

function commonScale(a: Numeric, b: Numeric): [bigint, bigint] {
  const x = fraction(a);
  const y = fraction(b);
  return [x.top * y.bottom, y.top * x.bottom];
}

/** The value as top / bottom, bottom > 0. */
function fraction(value: Numeric): { top: bigint; bottom: bigint } {
  if (typeof value === 'bigint') return { top: value, bottom: 1n };
  if (value instanceof Decimal128) {
    const { coefficient, exponent } = exactDecimal(value);
    return exponent >= 0
      ? { top: coefficient * 10n ** BigInt(exponent), bottom: 1n }
      : { top: coefficient, bottom: 10n ** BigInt(-exponent) };
  }
  const { mantissa, exponent } = exactDouble(toNumber(value));
  return { top: mantissa, bottom: 2n ** BigInt(-exponent) };
}

export function isInt64(value: bigint): boolean {
  return value <= int64Max && value >= int64Min;
}

/** An integer in the smallest of Int32 and Long, at least as wide as `wide` asks. */
export function integerOf(value: bigint, wide: boolean): number | bigint {
  if (!isInt64(value)) throw new StoreError('BadValue', 'integer overflow');
  return !wide && value <= int32Max && value >= int32Min ? Number(value) : value;
}

/** a + b or a × b with MongoDB's widening: int → long → double → decimal. Throws BadValue past a Long. */
export function combine(op: '+' | '-' | '*', a: Numeric, b: Numeric): Numeric {
  if (a instanceof Decimal128 || b instanceof Decimal128) return combineDecimal(op, a, b);
  if (a instanceof Double || b instanceof Double) {
    const x = toNumber(a);
    const y = toNumber(b);
    return new Double(op === '+' ? x + y : op === '-' ? x - y : x * y);
  }
  const x = BigInt(a);
  const y = BigInt(b);
  const result = op === '+' ? x + y : op === '-' ? x - y : x * y;
  return integerOf(result, typeof a === 'bigint' || typeof b === 'bigint');
}

function combineDecimal(op: '+' | '-' | '*', a: Numeric, b: Numeric): Decimal128 {
  const x = toNumber(a);
  const y = toNumber(b);
  if (!Number.isFinite(x) || !Number.isFinite(y)) {
    return Decimal128.fromString(String(op === '+' ? x + y : op === '-' ? x - y : x * y));
  }
  const p = exactDecimal(toDecimal(a));
  const q = exactDecimal(toDecimal(b));
  if (op === '*')
    return decimalOf({ coefficient: p.coefficient * q.coefficient, exponent: p.exponent + q.exponent });
  const exponent = Math.min(p.exponent, q.exponent);
  const left = p.coefficient * 10n ** BigInt(p.exponent - exponent);
  const right = q.coefficient * 10n ** BigInt(q.exponent - exponent);
  return decimalOf({ coefficient: op === '+' ? left + right : left - right, exponent });
}

/** Rounds half to even at 34 digits, as IEEE 754-2008 decimal128 does. */
export function decimalOf(value: ExactDecimal): Decimal128 {
  let { coefficient, exponent } = value;
  const digits = (coefficient < 0n ? -coefficient : coefficient).toString().length;
  if (digits > 34) {
    const drop = 10n ** BigInt(digits - 34);
    const half = drop / 2n;
    const rest = coefficient % drop;
    coefficient /= drop;
    exponent += digits - 34;
    const distance = rest < 0n ? -rest : rest;
    if (distance > half || (distance === half && coefficient % 2n !== 0n))
      coefficient += rest < 0n ? -1n : 1n;
  }
  return Decimal128.fromString(`${coefficient}E${exponent}`);
}

export function toDecimal(value: Numeric): Decimal128 {
  if (value instanceof Decimal128) return value;
  if (typeof value === 'number' || typeof value === 'bigint') return Decimal128.fromString(String(value));
  // MongoDB converts a double with 15 significant digits.
  return Decimal128.fromString(String(Number(value.value.toPrecision(15))));
}

/** Truncates to an integer; undefined when it is not finite. */
export function toInteger(value: Numeric): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (value instanceof Decimal128 && Number.isFinite(toNumber(value))) {
    const { coefficient, exponent } = exactDecimal(value);
    return exponent >= 0 ? coefficient * 10n ** BigInt(exponent) : coefficient / 10n ** BigInt(-exponent);
  }
  const number = Math.trunc(toNumber(value));
  return Number.isFinite(number) ? BigInt(number) : undefined;
}
