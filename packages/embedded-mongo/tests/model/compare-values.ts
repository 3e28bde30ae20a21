import { Binary, ObjectId } from 'mongodb';
import { compareNumbers, isNumber } from './exact-number.ts';

/** A document as the model holds it: numbers are wrapped, so that each has its BSON type. */
export type Fields = Record<string, unknown>;

/** The key that an empty array has in a sort and in an index: before null. */
export const emptyArray = Symbol('empty array');

export function isDocument(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Where the type of `value` stands in MongoDB's comparison order; undefined is a field that is not there. */
export function typeOrder(value: unknown): number {
  if (value === emptyArray) return 1;
  if (value === undefined || value === null) return 2;
  if (isNumber(value)) return 3;
  if (typeof value === 'string') return 4;
  if (isDocument(value)) return 5;
  if (Array.isArray(value)) return 6;
  if (value instanceof Binary) return 7;
  if (value instanceof ObjectId) return 8;
  if (typeof value === 'boolean') return 9;
  if (value instanceof Date) return 10;
  throw new Error(`the model has no order for a ${typeof value}`);
}

/**
 * MongoDB's comparison of BSON values
 * (https://www.mongodb.com/docs/v7.0/reference/bson-type-comparison-order/): the type first, numbers as one type.
 */
export function compareValues(a: unknown, b: unknown): number {
  const types = typeOrder(a) - typeOrder(b);
  if (types !== 0) return types;
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b);
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (isDocument(a) && isDocument(b)) return compareFields(Object.entries(a), Object.entries(b));
  if (Array.isArray(a) && Array.isArray(b))
    return compareFields(
      a.map((value) => ['', value]),
      b.map((value) => ['', value]),
    );
  if (a instanceof Binary && b instanceof Binary)
    return a.position - b.position || a.sub_type - b.sub_type || Buffer.compare(a.value(), b.value());
  if (a instanceof ObjectId && b instanceof ObjectId) return Buffer.compare(a.id, b.id);
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  return Number(a === true) - Number(b === true);
}

/** Field by field: the type, then the name, then the value; then the one with fewer fields. */
function compareFields(a: [string, unknown][], b: [string, unknown][]): number {
  for (const [index, [name, value]] of a.entries()) {
    const other = b[index];
    if (!other) return 1;
    const order =
      typeOrder(value) - typeOrder(other[1]) ||
      Buffer.compare(Buffer.from(name), Buffer.from(other[0])) ||
      compareValues(value, other[1]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

export const sameValue = (a: unknown, b: unknown): boolean => compareValues(a, b) === 0;
