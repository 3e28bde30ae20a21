import { compareNumbers } from './number.ts';
import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  type Doc,
  Double,
  isDoc,
  MinKey,
  ObjectId,
  RawDoc,
  Timestamp,
  type Value,
} from './value.ts';
import { decodeDocument } from './decode.ts';

/** The order of types in BSON comparison; values are also the type bytes of index keys (see key.ts). */
export const typeRank = {
  minKey: 0x0a,
  missing: 0x0f,
  null: 0x14,
  number: 0x1e,
  string: 0x3c,
  object: 0x46,
  array: 0x50,
  binData: 0x5a,
  objectId: 0x64,
  bool: 0x6e,
  date: 0x78,
  timestamp: 0x82,
  regex: 0x8c,
  code: 0x96,
  maxKey: 0xf0,
} as const;

/** The rank of a value's type; a missing value sorts with, and just below, null. */
export function rankOf(value: Value | undefined): number {
  switch (typeof value) {
    case 'undefined':
      return typeRank.missing;
    case 'number':
    case 'bigint':
      return typeRank.number;
    case 'string':
      return typeRank.string;
    case 'boolean':
      return typeRank.bool;
    default:
      return value === null ? typeRank.null : objectRank(value);
  }
}

function objectRank(value: object): number {
  if (value instanceof Map || value instanceof RawDoc) return typeRank.object;
  if (Array.isArray(value)) return typeRank.array;
  if (value instanceof ObjectId) return typeRank.objectId;
  if (value instanceof Date) return typeRank.date;
  if (value instanceof Double || value instanceof Decimal128) return typeRank.number;
  if (value instanceof Binary) return typeRank.binData;
  if (value instanceof Timestamp) return typeRank.timestamp;
  if (value instanceof BSONRegExp) return typeRank.regex;
  if (value instanceof Code) return typeRank.code;
  return value instanceof MinKey ? typeRank.minKey : typeRank.maxKey;
}

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
