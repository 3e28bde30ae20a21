import { compareValues } from '../bson/compare.ts';
import { toNumber } from '../bson/number.ts';
import { splitPath } from '../bson/path.ts';
import { type Doc, isDoc, isNumeric, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { fieldRows } from '../storage/index-keys.ts';

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
    if (path.startsWith('$'))
      throw new StoreError('BadValue', `FieldPath field names may not start with '$'. Given: ${path}`);
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

/** What a document sorts by: of the rows that its arrays give the first in the sort's own order. */
export function sortValues(doc: Doc, sort: readonly SortKey[]): readonly (Value | undefined)[] {
  const { rows } = fieldRows(
    doc,
    sort.map(({ parts }) => parts),
  );
  return rows.reduce((best, row) => (compareSortValues(row, best, sort) < 0 ? row : best));
}

export function compareSortValues(
  a: readonly (Value | undefined)[],
  b: readonly (Value | undefined)[],
  sort: readonly SortKey[],
): number {
  for (let i = 0; i < sort.length; i++) {
    const order = compareValues(a[i], b[i]);
    if (order !== 0) return order * (sort[i]?.direction ?? 1);
  }
  return 0;
}
