import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  Double,
  MinKey,
  ObjectId,
  RawDoc,
  Timestamp,
  type Value,
} from './value.ts';

/** A type's alias and number, as `$type` names it, and its place in the comparison order. */
interface BsonType {
  readonly name: string;
  readonly number: number;
  /** Also the first byte of index keys (see key.ts). Types of one rank compare by value. */
  readonly rank: number;
}

const type = (name: string, number: number, rank: number): BsonType => ({ name, number, rank });

/** Every type that is stored; the deprecated ones are not. */
export const types = {
  minKey: type('minKey', -1, 0x0a),
  null: type('null', 10, 0x14),
  int: type('int', 16, 0x1e),
  long: type('long', 18, 0x1e),
  double: type('double', 1, 0x1e),
  decimal: type('decimal', 19, 0x1e),
  string: type('string', 2, 0x3c),
  object: type('object', 3, 0x46),
  array: type('array', 4, 0x50),
  binData: type('binData', 5, 0x5a),
  objectId: type('objectId', 7, 0x64),
  bool: type('bool', 8, 0x6e),
  date: type('date', 9, 0x78),
  timestamp: type('timestamp', 17, 0x82),
  regex: type('regex', 11, 0x8c),
  javascript: type('javascript', 13, 0x96),
  maxKey: type('maxKey', 127, 0xf0),
} as const;

/** A missing value sorts with, and just below, null. */
const missing = type('missing', 0, 0x0f);

function typeOf(value: Value | undefined): BsonType {
  switch (typeof value) {
    case 'undefined':
      return missing;
    case 'number':
      return types.int;
    case 'bigint':
      return types.long;
    case 'string':
      return types.string;
    case 'boolean':
      return types.bool;
    default:
      return value === null ? types.null : objectType(value);
  }
}

function objectType(value: object): BsonType {
  if (value instanceof Map || value instanceof RawDoc) return types.object;
  if (Array.isArray(value)) return types.array;
  if (value instanceof ObjectId) return types.objectId;
  if (value instanceof Date) return types.date;
  if (value instanceof Double) return types.double;
  if (value instanceof Decimal128) return types.decimal;
  if (value instanceof Binary) return types.binData;
  if (value instanceof Timestamp) return types.timestamp;
  if (value instanceof BSONRegExp) return types.regex;
  if (value instanceof Code) return types.javascript;
  return value instanceof MinKey ? types.minKey : types.maxKey;
}

/** The alias of a value's type; `missing` for a field that is not there. */
export function typeName(value: Value | undefined): string {
  return typeOf(value).name;
}

export function typeNumber(value: Value | undefined): number {
  return typeOf(value).number;
}

export function rankOf(value: Value | undefined): number {
  return typeOf(value).rank;
}
