import { Binary, isDoc, type Value } from '../bson/value.ts';

/** Roughly what a decoded value holds in memory; for bounds, not for storage. */
export function approximateBytes(value: Value): number {
  if (typeof value === 'string') return 32 + value.length * 2;
  if (isDoc(value)) {
    let bytes = 64;
    for (const [name, item] of value) bytes += 32 + name.length + approximateBytes(item);
    return bytes;
  }
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + approximateBytes(item), 32);
  return value instanceof Binary ? 64 + value.length() : 32;
}
