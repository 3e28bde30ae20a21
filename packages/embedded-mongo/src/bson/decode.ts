import { StoreError } from '../errors/store-error.ts';
import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  type Doc,
  Double,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  type Value,
} from './value.ts';

/** As MongoDB: a deeper document is refused, so that no recursion here can exhaust the stack. */
export const nestingDepthMax = 180;

/** Milliseconds that a JS Date can hold; dates beyond are refused rather than changed. */
const dateMsMax = 8_640_000_000_000_000n;

class Reader {
  readonly buf: Buffer;
  pos: number;
  constructor(buf: Buffer, pos: number) {
    this.buf = buf;
    this.pos = pos;
  }

  int32(): number {
    const value = this.buf.readInt32LE(this.pos);
    this.pos += 4;
    return value;
  }

  cstring(): string {
    const end = this.buf.indexOf(0, this.pos);
    if (end < 0) throw invalid('unterminated name');
    const text = this.buf.toString('utf8', this.pos, end);
    this.pos = end + 1;
    return text;
  }

  string(): string {
    const length = this.int32();
    const end = this.pos + length;
    if (length < 1 || end > this.buf.length || this.buf[end - 1] !== 0) throw invalid('bad string length');
    const text = this.buf.toString('utf8', this.pos, end - 1);
    this.pos = end;
    return text;
  }

  bytes(length: number): Buffer {
    const end = this.pos + length;
    if (length < 0 || end > this.buf.length) throw invalid('bad length');
    const slice = this.buf.subarray(this.pos, end);
    this.pos = end;
    return slice;
  }
}

function invalid(why: string): StoreError {
  return new StoreError('InvalidBSON', `Invalid BSON: ${why}`);
}

/** Decodes the document at `offset`. Throws StoreError InvalidBSON for malformed or deprecated content. */
export function decodeDocument(buf: Buffer, offset = 0): Doc {
  const reader = new Reader(buf, offset);
  try {
    return readDocument(reader, 0);
  } catch (error) {
    if (error instanceof RangeError) throw invalid('runs past its end');
    throw error;
  }
}

function readDocument(reader: Reader, depth: number): Doc {
  const doc: Doc = new Map();
  const end = documentEnd(reader, depth);
  for (;;) {
    const type = reader.buf[reader.pos++];
    if (type === 0) break;
    if (type === undefined) throw invalid('runs past its end');
    const name = reader.cstring();
    doc.set(name, readValue(reader, type, depth));
  }
  if (reader.pos !== end) throw invalid('bad document size');
  return doc;
}

function readArray(reader: Reader, depth: number): Value[] {
  const items: Value[] = [];
  const end = documentEnd(reader, depth);
  for (;;) {
    const type = reader.buf[reader.pos++];
    if (type === 0) break;
    if (type === undefined) throw invalid('runs past its end');
    reader.pos = reader.buf.indexOf(0, reader.pos) + 1;
    items.push(readValue(reader, type, depth));
  }
  if (reader.pos !== end) throw invalid('bad array size');
  return items;
}

function documentEnd(reader: Reader, depth: number): number {
  if (depth > nestingDepthMax) {
    throw new StoreError('Overflow', `BSONObj exceeds maximum nested object depth: ${nestingDepthMax}`);
  }
  const start = reader.pos;
  const end = start + reader.int32();
  if (end < start + 5 || end > reader.buf.length) throw invalid('bad document size');
  return end;
}

function readValue(reader: Reader, type: number, depth: number): Value {
  switch (type) {
    case 0x01: {
      const value = new Double(reader.buf.readDoubleLE(reader.pos));
      reader.pos += 8;
      return value;
    }
    case 0x02:
      return reader.string();
    case 0x03:
      return readDocument(reader, depth + 1);
    case 0x04:
      return readArray(reader, depth + 1);
    case 0x05:
      return readBinary(reader);
    case 0x07:
      return new ObjectId(Uint8Array.prototype.slice.call(reader.bytes(12)));
    case 0x08:
      return reader.bytes(1)[0] === 1;
    case 0x09:
      return readDate(reader);
    case 0x0a:
      return null;
    case 0x0b: {
      const pattern = reader.cstring();
      return new BSONRegExp(pattern, reader.cstring());
    }
    case 0x0d:
      return new Code(reader.string());
    case 0x10:
      return reader.int32();
    case 0x11: {
      const low = reader.buf.readUInt32LE(reader.pos);
      const high = reader.buf.readUInt32LE(reader.pos + 4);
      reader.pos += 8;
      return new Timestamp({ t: high, i: low });
    }
    case 0x12: {
      const value = reader.buf.readBigInt64LE(reader.pos);
      reader.pos += 8;
      return value;
    }
    case 0x13:
      return new Decimal128(Uint8Array.prototype.slice.call(reader.bytes(16)));
    case 0x7f:
      return new MaxKey();
    case 0xff:
      return new MinKey();
    default:
      throw invalid(`type 0x${type.toString(16)} is deprecated or unknown and not stored`);
  }
}

function readBinary(reader: Reader): Binary {
  const length = reader.int32();
  const subType = reader.bytes(1)[0] ?? 0;
  return new Binary(Uint8Array.prototype.slice.call(reader.bytes(length)), subType);
}

function readDate(reader: Reader): Date {
  const ms = reader.buf.readBigInt64LE(reader.pos);
  reader.pos += 8;
  if (ms > dateMsMax || ms < -dateMsMax) throw new StoreError('BadValue', 'date out of the supported range');
  return new Date(Number(ms));
}
