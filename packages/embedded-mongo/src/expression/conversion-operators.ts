import { integerOf, numberValue, toDecimal, toInteger, toNumber } from '../bson/number.ts';
import { Decimal128, Double, isNumeric, ObjectId, typeName, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { isNullish, namedOperands, required, simple } from './operands.ts';
import type { CompileOperator } from './operators.ts';
import { isTruthy } from './truthy.ts';

function refuse(value: Value, target: string): StoreError {
  return new StoreError(
    241,
    `Unsupported conversion from ${typeName(value)} to ${target} in $convert with no onError value`,
  );
}

/** Each takes a value that is not null. Failures are MongoDB's ConversionFailure (241). */
const conversions: Record<string, (value: Value) => Value> = {
  bool: (value) => isTruthy(value),
  int: (value) => asInteger(value, 'int'),
  long: (value) => BigInt(asInteger(value, 'long')),
  double: (value) => new Double(asNumber(value, 'double')),
  decimal: (value) =>
    isNumeric(value) ? toDecimal(value) : toDecimal(numberValue(asNumber(value, 'decimal'))),
  string: asString,
  date: asDate,
  objectId: (value) => {
    if (value instanceof ObjectId) return value;
    if (typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value))
      return ObjectId.createFromHexString(value);
    throw refuse(value, 'objectId');
  },
};

function asNumber(value: Value, target: string): number {
  if (isNumeric(value)) return toNumber(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'string' && value.trim() === value && value !== '' && !Number.isNaN(Number(value)))
    return Number(value);
  throw refuse(value, target);
}

function asInteger(value: Value, target: 'int' | 'long'): number | bigint {
  const isText = typeof value === 'string' && /^[+-]?\d+$/.test(value);
  if (typeof value === 'string' && !isText) throw refuse(value, target);
  const whole = isText
    ? BigInt(value)
    : toInteger(isNumeric(value) ? value : new Double(asNumber(value, target)));
  if (whole === undefined) throw refuse(value, target);
  const result = integerOf(whole, target === 'long');
  if (target === 'int' && typeof result === 'bigint')
    throw new StoreError(241, 'Conversion would overflow target type in $convert with no onError value');
  return result;
}

function asString(value: Value): string {
  if (typeof value === 'string') return value;
  if (value instanceof ObjectId) return value.toHexString();
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Double) return String(value.value);
  if (typeof value === 'boolean' || isNumeric(value)) return String(value);
  throw refuse(value, 'string');
}

function asDate(value: Value): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (typeof value === 'bigint' || value instanceof Double || value instanceof Decimal128)
    return new Date(Math.trunc(toNumber(value)));
  if (typeof value === 'string') {
    const ms = Date.parse(value);
    if (!Number.isNaN(ms)) return new Date(ms);
  }
  throw refuse(value, 'date');
}

function shortcut(name: string, target: string): CompileOperator {
  return simple(name, 1, (value) => (isNullish(value) ? null : conversions[target]?.(value)));
}

export const conversionOperators: Record<string, CompileOperator> = {
  $toBool: shortcut('$toBool', 'bool'),
  $toInt: shortcut('$toInt', 'int'),
  $toLong: shortcut('$toLong', 'long'),
  $toDouble: shortcut('$toDouble', 'double'),
  $toDecimal: shortcut('$toDecimal', 'decimal'),
  $toString: shortcut('$toString', 'string'),
  $toDate: shortcut('$toDate', 'date'),
  $toObjectId: shortcut('$toObjectId', 'objectId'),
  $convert: (operand) => {
    const { input, to, onError, onNull } = namedOperands('$convert', operand, [
      'input',
      'to',
      'onError',
      'onNull',
    ]);
    const evaluate = required('$convert', input);
    const fallback = onError === undefined ? undefined : required('$convert', onError);
    const ifNull = onNull === undefined ? undefined : required('$convert', onNull);
    const convert = typeof to === 'string' ? conversions[to] : undefined;
    if (convert === undefined) throw new StoreError('BadValue', `Unknown type name in $convert`);
    return (scope) => {
      const value = evaluate(scope);
      if (isNullish(value)) return ifNull === undefined ? null : ifNull(scope);
      try {
        return convert(value);
      } catch (error) {
        if (fallback === undefined || !(error instanceof StoreError)) throw error;
        return fallback(scope);
      }
    };
  },
};
