import { Double, Int32, Long } from 'mongodb';

/** The number that `value` is, whatever BSON type it has; null: it is none. */
export function plainNumber(value: unknown): number | bigint | null {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (value instanceof Int32 || value instanceof Double) return value.value;
  return value instanceof Long ? value.toBigInt() : null;
}
