import { createHash } from 'node:crypto';
import { decodeDocument } from './decode.ts';
import { compareNumbers, exactDecimal, isInt64, toInteger, toNumber } from './number.ts';
import { rankOf } from './type.ts';
import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  Double,
  isNumeric,
  type Numeric,
  ObjectId,
  RawDoc,
  Timestamp,
  type Value,
} from './value.ts';

/**
 * Order-preserving keys: `memcmp` of two keys is the BSON order of their values. Each value starts with its
 * type's rank (0x0a..0xf0), so `key + 0xff` is above every key that continues `key`.
 *
 * Two things cannot be ordered exactly in bounded bytes: Decimals that no double equals, and values past the
 * size limit. Their keys keep equality (by text or hash) and a monotone prefix; `inexact` says so, and an index
 * that holds one is no longer trusted for order or exact bounds.
 */
export interface Key {
  readonly bytes: Buffer;
  readonly inexact: boolean;
}

/** lmdb's limit is 1,978 bytes: 4 of ident + fields + _id, each with a 16-byte hash when cut. */
const fieldsMaxBytes = 1_150;
const idMaxBytes = 700;
const inexactMark = 0x01;
const two53 = 2 ** 53;

let out = Buffer.allocUnsafe(4096);
let pos = 0;
let inexact = false;

function room(bytes: number): void {
  if (pos + bytes <= out.length) return;
  const grown = Buffer.allocUnsafe(Math.max(out.length * 2, pos + bytes));
  out.copy(grown, 0, 0, pos);
  out = grown;
}

/** The key of an `_id`. */
export function encodeIdKey(id: Value | undefined): Key {
  pos = 0;
  inexact = false;
  writeKey(id);
  return cut(idMaxBytes);
}

/** The key of an index entry's fields, in the index's directions (1 or -1). */
export function encodeFieldsKey(values: readonly (Value | undefined)[], directions: readonly number[]): Key {
  pos = 0;
  inexact = false;
  for (let i = 0; i < values.length; i++) {
    const start = pos;
    writeKey(values[i]);
    if (directions[i] === -1) invert(start, pos);
  }
  return cut(fieldsMaxBytes);
}

/** One value's part of a key, ascending and never cut: planner bounds are built of these. */
export function encodeComponent(value: Value | undefined): Key {
  pos = 0;
  inexact = false;
  writeKey(value);
  return { bytes: Buffer.from(out.subarray(0, pos)), inexact };
}

/** A bound cut as `encodeFieldsKey` cuts: whatever the whole bound encloses, the cut one does too. */
export function cutBound(bytes: Buffer): Buffer {
  return bytes.length > fieldsMaxBytes ? bytes.subarray(0, fieldsMaxBytes) : bytes;
}

function cut(maxBytes: number): Key {
  const whole = out.subarray(0, pos);
  if (pos <= maxBytes) return { bytes: Buffer.from(whole), inexact };
  const hash = createHash('sha256').update(whole).digest().subarray(0, 16);
  return { bytes: Buffer.concat([whole.subarray(0, maxBytes), hash]), inexact: true };
}

function invert(start: number, end: number): void {
  for (let i = start; i < end; i++) out[i] = ~(out[i] ?? 0) & 0xff;
}

function writeKey(value: Value | undefined): void {
  room(24);
  out[pos++] = rankOf(value);
  writePayload(value);
}

function writePayload(value: Value | undefined): void {
  if (typeof value === 'string') {
    writeText(value);
    return;
  }
  if (isNumeric(value)) {
    writeNumber(value);
    return;
  }
  if (typeof value === 'boolean') {
    out[pos++] = value ? 1 : 0;
  } else if (value instanceof ObjectId) {
    out.set(value.id, pos);
    pos += 12;
  } else if (value instanceof Date) {
    out.writeBigUInt64BE(BigInt(value.getTime()) + 2n ** 63n, pos);
    pos += 8;
  } else if (value instanceof Map) {
    writeFields(value);
  } else if (value instanceof RawDoc) {
    writeFields(decodeDocument(value.bytes));
  } else if (Array.isArray(value)) {
    for (const item of value) writeKey(item);
    room(1);
    out[pos++] = 0;
  } else {
    writeRare(value);
  }
}

function writeRare(value: Value | undefined): void {
  if (value instanceof Binary) {
    const bytes = value.value();
    room(bytes.length + 5);
    pos = out.writeUInt32BE(bytes.length, pos);
    out[pos++] = value.sub_type;
    out.set(bytes, pos);
    pos += bytes.length;
  } else if (value instanceof Timestamp) {
    pos = out.writeUInt32BE(value.t, pos);
    pos = out.writeUInt32BE(value.i, pos);
  } else if (value instanceof BSONRegExp) {
    writeText(value.pattern);
    writeText(value.options);
  } else if (value instanceof Code) {
    writeText(value.code);
  }
}

function writeFields(doc: Map<string, Value>): void {
  for (const [name, value] of doc) {
    room(1);
    out[pos++] = rankOf(value);
    writeText(name);
    room(24);
    writePayload(value);
  }
  room(1);
  out[pos++] = 0;
}

/** UTF-8 ended by 0x00; a zero inside becomes 0x00 0xff, which keeps the order. */
function writeText(text: string): void {
  room(text.length * 3 + 2);
  if (!text.includes('\0')) {
    pos += out.write(text, pos, 'utf8');
    out[pos++] = 0;
    return;
  }
  for (const byte of Buffer.from(text, 'utf8')) {
    room(3);
    out[pos++] = byte;
    if (byte === 0) out[pos++] = 0xff;
  }
  out[pos++] = 0;
}

/** One text for all finite Decimals of one value: 1.0E+400 and 1E+400 are the same key. */
function canonicalText(value: Decimal128): string {
  const { coefficient, exponent } = exactDecimal(value);
  const digits = coefficient.toString();
  const significant = digits.replace(/0+$/, '');
  return `${significant}E${exponent + digits.length - significant.length}`;
}

/** The nearest double, sortable; large integers add their distance from it, so that they stay exact. */
function writeNumber(value: Numeric): void {
  const nearest = toNumber(value);
  writeDouble(nearest);
  if (value instanceof Decimal128) {
    if (Number.isNaN(nearest) || compareNumbers(value, new Double(nearest)) === 0) {
      writeDistance(nearest, 0);
      return;
    }
    const whole = toInteger(value);
    if (whole !== undefined && isInt64(whole) && compareNumbers(value, whole) === 0) {
      writeDistance(nearest, Number(whole - BigInt(nearest)));
      return;
    }
    inexact = true;
    room(64);
    out[pos++] = inexactMark;
    writeText(canonicalText(value));
    return;
  }
  writeDistance(
    nearest,
    typeof value === 'bigint' && Math.abs(nearest) >= two53 ? Number(value - BigInt(nearest)) : 0,
  );
}

function writeDistance(nearest: number, distance: number): void {
  if (Math.abs(nearest) >= two53) pos = out.writeUInt16BE(0x8000 + distance, pos);
}

function writeDouble(value: number): void {
  if (Number.isNaN(value)) {
    out.fill(0, pos, pos + 8);
  } else {
    out.writeDoubleBE(value === 0 ? 0 : value, pos);
    if (value < 0) invert(pos, pos + 8);
    else out[pos] = (out[pos] ?? 0) | 0x80;
  }
  pos += 8;
}

/** The open range of everything of a value's type, for MongoDB's type bracketing. */
export function typeBracket(value: Value): { readonly low: Buffer; readonly high: Buffer } {
  const rank = rankOf(value);
  const low = isNumeric(value) ? encodeComponent(new Double(-Infinity)).bytes : Buffer.of(rank);
  return { low, high: Buffer.of(rank + 1) };
}
