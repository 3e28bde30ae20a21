import { compareNumbers } from './number.ts';
import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  type Doc,
  Double,
  isDoc,
  ObjectId,
  RawDoc,
  Timestamp,
  type Value,
} from './value.ts';
import { decodeDocument } from './decode.ts';
import { rankOf } from './type.ts';

/** BSON comparison order: negative, zero or positive. */
export function compareValues(a: Value | undefined, b: Value | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const rank = rankOf(a);
  const difference = rank - rankOf(b);
  if (difference !== 0) return difference;
  if (a === undefined || b === undefined || a === null || b === null) return 0;
  if (typeof a === 'string') return compareStrings(a, b as string);
  if (typeof a === 'boolean') return Number(a) - Number(b);
  if (typeof a === 'number' || typeof a === 'bigint' || a instanceof Double || a instanceof Decimal128) {
    return compareNumbers(a, b as typeof a);
  }
  return compareObjects(a, b);
}

export function valuesEqual(a: Value | undefined, b: Value | undefined): boolean {
  return compareValues(a, b) === 0;
}

/** By UTF-8 bytes, as MongoDB's simple collation; JS compares UTF-16 units, which differs above U+FFFF. */
function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const xHigh = x >= 0xd800 && x <= 0xdfff;
    const yHigh = y >= 0xd800 && y <= 0xdfff;
    return xHigh === yHigh ? x - y : xHigh ? 1 : -1;
  }
  return a.length - b.length;
}

/** Both of the same rank. */
function compareObjects(a: object, b: Value): number {
  if (a instanceof RawDoc) return compareObjects(decodeDocument(a.bytes), b);
  if (b instanceof RawDoc) return compareObjects(a, decodeDocument(b.bytes));
  if (a instanceof Map && isDoc(b)) return compareDocuments([...(a as Doc)], [...b]);
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a as Value[], b);
  if (a instanceof ObjectId && b instanceof ObjectId) return Buffer.compare(a.id, b.id);
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  if (a instanceof Binary && b instanceof Binary) return compareBinary(a, b);
  if (a instanceof Timestamp && b instanceof Timestamp) return a.t - b.t || a.i - b.i;
  if (a instanceof BSONRegExp && b instanceof BSONRegExp) {
    return compareStrings(a.pattern, b.pattern) || compareStrings(a.options, b.options);
  }
  if (a instanceof Code && b instanceof Code) return compareStrings(a.code, b.code);
  return 0;
}

function compareBinary(a: Binary, b: Binary): number {
  return a.length() - b.length() || a.sub_type - b.sub_type || Buffer.compare(a.value(), b.value());
}

type Entry = [string, Value];

/** Field by field: type, then name, then value; the shorter document first. */
function compareDocuments(a: Entry[], b: Entry[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [nameA, valueA] = a[i] as Entry;
    const [nameB, valueB] = b[i] as Entry;
    const order =
      rankOf(valueA) - rankOf(valueB) || compareStrings(nameA, nameB) || compareValues(valueA, valueB);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareArrays(a: Value[], b: Value[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compareValues(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
