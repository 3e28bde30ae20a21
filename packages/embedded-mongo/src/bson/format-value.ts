import { decodeDocument } from './decode.ts';
import { typeName } from './type.ts';
import { Binary, Decimal128, Double, isDoc, ObjectId, RawDoc, type Value } from './value.ts';

/** A value as MongoDB prints it in messages; of the rare types their name. */
export function formatValue(value: Value): string {
  if (typeof value === 'string') return `"${value}"`;
  if (value === null) return 'null';
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof Double)
    return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
  if (value instanceof Decimal128) return `NumberDecimal("${value.toString()}")`;
  if (value instanceof Binary) {
    return value.sub_type === 4 ? `UUID("${uuidText(value)}")` : `BinData(${value.sub_type}, ${hex(value)})`;
  }
  if (value instanceof RawDoc) return formatValue(decodeDocument(value.bytes));
  if (Array.isArray(value)) return `[ ${value.map(formatValue).join(', ')} ]`;
  if (isDoc(value))
    return `{ ${[...value].map(([name, item]) => `${name}: ${formatValue(item)}`).join(', ')} }`;
  return typeof value === 'object' ? typeName(value) : String(value);
}

function hex(value: Binary): string {
  return Buffer.from(value.value()).toString('hex').toUpperCase();
}

function uuidText(value: Binary): string {
  return Buffer.from(value.value())
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
