import { compareValues, emptyArray, type Fields, isDocument } from './compare-values.ts';

/** Fields and directions, of a sort or of an index. At most one of its paths leads through an array. */
export type Pattern = Record<string, 1 | -1>;

/** The keys that `document` has in an index on `pattern`: one for each element of an array. */
export function indexKeys(document: Fields, pattern: Pattern): unknown[][] {
  const columns = Object.keys(pattern).map((path) => keysAt(document, path.split('.')));
  return columns.reduce<unknown[][]>(
    (tuples, column) => tuples.flatMap((tuple) => column.map((key) => [...tuple, key])),
    [[]],
  );
}

/** The key that `document` is sorted by: of several, the one that comes first. */
export function sortKey(document: Fields, pattern: Pattern): unknown[] {
  const [first = []] = indexKeys(document, pattern).sort((a, b) => compareKeys(a, b, pattern));
  return first;
}

export function compareKeys(a: unknown[], b: unknown[], pattern: Pattern): number {
  for (const [index, direction] of Object.values(pattern).entries()) {
    const order = compareValues(a[index], b[index]) * direction;
    if (order !== 0) return order;
  }
  return 0;
}

function keysAt(value: unknown, [name, ...rest]: string[]): unknown[] {
  if (!isDocument(value) || name === undefined) return [null];
  const next = value[name];
  if (!Array.isArray(next)) return rest.length === 0 ? [next ?? null] : keysAt(next, rest);
  if (next.length === 0) return [rest.length === 0 ? emptyArray : null];
  return rest.length === 0 ? (next as unknown[]) : next.flatMap((element) => keysAt(element, rest));
}
