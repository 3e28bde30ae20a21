import { StoreError } from '../errors/store-error.ts';
import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  type Doc,
  Double,
  type MaxKey,
  MinKey,
  ObjectId,
  RawDoc,
  Timestamp,
  type Value,
} from './value.ts';

/** One growing scratch buffer for the process: encoding is synchronous and copies its result out. */
let scratch = Buffer.allocUnsafe(64 * 1024);
let pos = 0;

function room(bytes: number): void {
  if (pos + bytes <= scratch.length) return;
  const grown = Buffer.allocUnsafe(Math.max(scratch.length * 2, pos + bytes));
  scratch.copy(grown, 0, 0, pos);
  scratch = grown;
}

/** The BSON bytes of a document. `RawDoc` values are copied in as they are. */
export function encodeDocument(doc: Doc): Buffer {
  pos = 0;
  writeDocument(doc);
  return Buffer.from(scratch.subarray(0, pos));
}

function writeDocument(doc: Doc): void {
  const start = pos;
  room(5);
  pos += 4;
  for (const [name, value] of doc) writeElement(name, value);
  closeDocument(start);
}

function writeArray(items: readonly Value[]): void {
  const start = pos;
  room(5);
  pos += 4;
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (item !== undefined) writeElement(String(i), item);
  }
  closeDocument(start);
}

function closeDocument(start: number): void {
  room(1);
  scratch[pos++] = 0;
  scratch.writeInt32LE(pos - start, start);
}

function writeCstring(text: string): void {
  if (text.includes('\0')) throw new StoreError('BadValue', 'a field name or pattern contains a null byte');
  room(text.length * 3 + 1);
  pos += scratch.write(text, pos, 'utf8');
  scratch[pos++] = 0;
}

function writeString(text: string): void {
  room(text.length * 3 + 5);
  const length = scratch.write(text, pos + 4, 'utf8') + 1;
  scratch.writeInt32LE(length, pos);
  pos += 4 + length;
  scratch[pos - 1] = 0;
}

function writeBytes(bytes: Uint8Array): void {
  room(bytes.length);
  scratch.set(bytes, pos);
  pos += bytes.length;
}

function writeElement(name: string, value: Value): void {
  room(1);
  const typeAt = pos++;
  writeCstring(name);
  // In this order: writing the value may put another buffer in place of `scratch`.
  const type = writeValue(value);
  scratch[typeAt] = type;
}

/** Writes the payload and returns the element's type byte. */
function writeValue(value: Value): number {
  room(16);
  switch (typeof value) {
    case 'string':
      writeString(value);
      return 0x02;
    case 'number':
      // writeInt32LE throws on a fraction or an overflow: a double must come as a Double.
      scratch.writeInt32LE(value, pos);
      pos += 4;
      return 0x10;
    case 'bigint':
      scratch.writeBigInt64LE(value, pos);
      pos += 8;
      return 0x12;
    case 'boolean':
      scratch[pos++] = value ? 1 : 0;
      return 0x08;
    default:
      return value === null ? 0x0a : writeObject(value);
  }
}

function writeObject(value: Exclude<Value, null | string | number | bigint | boolean>): number {
  if (value instanceof Map) {
    writeDocument(value);
    return 0x03;
  }
  if (value instanceof RawDoc) {
    writeBytes(value.bytes);
    return 0x03;
  }
  if (Array.isArray(value)) {
    writeArray(value);
    return 0x04;
  }
  if (value instanceof Double) {
    pos = scratch.writeDoubleLE(value.value, pos);
    return 0x01;
  }
  if (value instanceof ObjectId) {
    writeBytes(value.id);
    return 0x07;
  }
  if (value instanceof Date) {
    pos = scratch.writeBigInt64LE(BigInt(value.getTime()), pos);
    return 0x09;
  }
  if (value instanceof Binary) return writeBinary(value);
  return writeRareObject(value);
}

function writeRareObject(value: Decimal128 | BSONRegExp | Timestamp | Code | MinKey | MaxKey): number {
  if (value instanceof Decimal128) {
    writeBytes(value.bytes);
    return 0x13;
  }
  if (value instanceof BSONRegExp) {
    writeCstring(value.pattern);
    writeCstring(value.options);
    return 0x0b;
  }
  if (value instanceof Timestamp) {
    pos = scratch.writeUInt32LE(value.i, pos);
    pos = scratch.writeUInt32LE(value.t, pos);
    return 0x11;
  }
  if (value instanceof Code) {
    writeString(typeof value.code === 'string' ? value.code : String(value.code));
    return 0x0d;
  }
  return value instanceof MinKey ? 0xff : 0x7f;
}

function writeBinary(value: Binary): number {
  const bytes = value.value();
  pos = scratch.writeInt32LE(bytes.length, pos);
  scratch[pos++] = value.sub_type;
  writeBytes(bytes);
  return 0x05;
}
