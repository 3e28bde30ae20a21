import { compareValues } from '../bson/compare.ts';
import { toNumber } from '../bson/number.ts';
import { splitPath, visitLeaves } from '../bson/path.ts';
import { type Doc, isDoc, isNumeric, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';

export interface SortKey {
  readonly path: string;
  readonly parts: readonly string[];
  readonly direction: 1 | -1;
}

/** `{path: 1 | -1, …}`; `$meta` sorts are refused. */
export function parseSort(spec: Value | undefined): readonly SortKey[] {
  if (spec === undefined || spec === null) return [];
  if (!isDoc(spec)) throw new StoreError('TypeMismatch', 'Expected field sort to be of type object');
  return [...spec].map(([path, direction]) => {
    if (path.startsWith('$')) throw new StoreError('BadValue', `FieldPath field names may not start with '$'. Given: ${path}`);
    if (path === '' || path.split('.').includes('')) {
      throw new StoreError(40352, 'FieldPath cannot be constructed with empty string');
    }
    if (isDoc(direction)) throw new StoreError('BadValue', '$meta sorts are not supported by this server');
    const number = isNumeric(direction) ? toNumber(direction) : 0;
    if (number !== 1 && number !== -1) {
      throw new StoreError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    }
    return { path, parts: splitPath(path), direction: number };
  });
}

/** What a document sorts by: of an array the least element upwards, the greatest downwards. */
export function sortValues(doc: Doc, sort: readonly SortKey[]): (Value | undefined)[] {
  return sort.map(({ parts, direction }) => {
    const own = doc.get(parts[0] ?? '');
    if (parts.length === 1 && !Array.isArray(own)) return own ?? null;
    let best: Value | undefined | typeof unset = unset;
    visitLeaves(doc, parts, (value) => {
      if (Array.isArray(value) && value.length > 0) return false;
      const candidate = Array.isArray(value) ? undefined : (value ?? null);
      if (best === unset || compareValues(candidate, best) * direction < 0) best = candidate;
      return false;
    });
    return best === unset ? null : best;
  });
}

const unset = Symbol('no value yet');

export function compareSortValues(a: readonly (Value | undefined)[], b: readonly (Value | undefined)[], sort: readonly SortKey[]): number {
  for (let i = 0; i < sort.length; i++) {
    const order = compareValues(a[i], b[i]);
    if (order !== 0) return order * (sort[i]?.direction ?? 1);
  }
  return 0;
}
