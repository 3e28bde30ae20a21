import { compareValues } from '../bson/compare.ts';
import { encodeComponent, typeBracket } from '../bson/key.ts';
import { toNumber } from '../bson/number.ts';
import { BSONRegExp, isDoc, isNumeric, MaxKey, MinKey, type Value } from '../bson/value.ts';
import type { Condition } from './compile-filter.ts';

/** Key bytes of one component: low inclusive, high exclusive. A point holds one exact value. */
export interface Interval {
  readonly low: Buffer;
  readonly high: Buffer;
  readonly point: boolean;
}

export interface ComponentBounds {
  /** In key order, disjoint. */
  readonly intervals: readonly Interval[];
  /** The conditions that these intervals answer completely on a plain, exact index. */
  readonly answered: readonly Condition[];
  readonly includesNull: boolean;
}

const top = Buffer.of(0xff);

export function above(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, top]);
}

/**
 * The narrowest bounds that one path's conditions give. On a multikey path each condition may be met by another
 * element, so only one of them can bound. Undefined: no condition bounds it.
 */
export function boundsOf(conditions: readonly Condition[], multikey: boolean): ComponentBounds | undefined {
  const usable = conditions.map((condition) => single(condition)).filter((bounds) => bounds !== undefined);
  const points = usable.find((bounds) => bounds.intervals.every((interval) => interval.point));
  if (points !== undefined) return points;
  const [first, ...rest] = usable;
  if (first === undefined || multikey) return first;
  return rest.reduce(intersect, first);
}

function single(condition: Condition): ComponentBounds | undefined {
  const { op, operand } = condition;
  switch (op) {
    case '$eq':
      return pointBounds(condition, [operand]);
    case '$in':
      return Array.isArray(operand) ? pointBounds(condition, operand) : undefined;
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return rangeBounds(condition);
    default:
      return undefined;
  }
}

/** An array matches as a whole or as an element, a regex many values: neither is a point. */
function pointBounds(condition: Condition, values: readonly Value[]): ComponentBounds | undefined {
  if (values.some((value) => Array.isArray(value) || value instanceof BSONRegExp)) return undefined;
  const intervals: Interval[] = [];
  const sorted = [...values].sort(compareValues);
  const includesNull = values.includes(null);
  let exact = !includesNull;
  sorted.forEach((value, i) => {
    if (i > 0 && compareValues(value, sorted[i - 1]) === 0) return;
    const key = encodeComponent(value);
    if (key.inexact) {
      // A Decimal that no double equals: everything with the nearest double, told apart by the filter.
      const low = key.bytes.subarray(0, 9);
      intervals.push({ low, high: above(low), point: false });
      exact = false;
    } else {
      intervals.push({ low: key.bytes, high: above(key.bytes), point: true });
    }
  });
  return { intervals, answered: exact ? [condition] : [], includesNull };
}

function rangeBounds(condition: Condition): ComponentBounds | undefined {
  const { op, operand } = condition;
  if (operand === null || operand instanceof MinKey || operand instanceof MaxKey) return undefined;
  if (Array.isArray(operand) || isDoc(operand)) return undefined;
  if (isNumeric(operand) && Number.isNaN(toNumber(operand))) return undefined;
  const key = encodeComponent(operand);
  const bytes = key.inexact ? key.bytes.subarray(0, 9) : key.bytes;
  const bracket = typeBracket(operand);
  const answered = key.inexact ? [] : [condition];
  const low =
    op === '$gte' || (op === '$gt' && key.inexact) ? bytes : op === '$gt' ? above(bytes) : bracket.low;
  const high =
    op === '$lt' && !key.inexact ? bytes : op === '$lt' || op === '$lte' ? above(bytes) : bracket.high;
  return { intervals: [{ low, high, point: false }], answered, includesNull: false };
}

function intersect(a: ComponentBounds, b: ComponentBounds): ComponentBounds {
  const intervals: Interval[] = [];
  for (const x of a.intervals) {
    for (const y of b.intervals) {
      const low = Buffer.compare(x.low, y.low) >= 0 ? x.low : y.low;
      const high = Buffer.compare(x.high, y.high) <= 0 ? x.high : y.high;
      if (Buffer.compare(low, high) < 0) intervals.push({ low, high, point: false });
    }
  }
  return {
    intervals,
    answered: [...a.answered, ...b.answered],
    includesNull: a.includesNull && b.includesNull,
  };
}

/** The same interval on a descending component, whose bytes are inverted. */
export function inverted(interval: Interval): Interval {
  if (interval.point) {
    const low = invertBytes(interval.low);
    return { low, high: above(low), point: true };
  }
  // [low, high) inverts to (~high, ~low]: both ends are widened to whole prefixes, the filter tells the rest.
  // An end made by `above` inverts to its value's bytes and a zero, which lies behind the very key of a unique index.
  const { high } = interval;
  const end = high.at(-1) === 0xff ? high.subarray(0, -1) : high;
  return { low: invertBytes(end), high: above(invertBytes(interval.low)), point: false };
}

function invertBytes(bytes: Buffer): Buffer {
  const result = Buffer.allocUnsafe(bytes.length);
  for (let i = 0; i < bytes.length; i++) result[i] = ~(bytes[i] ?? 0) & 0xff;
  return result;
}
