import { encodeFieldsKey, type Key } from '../bson/key.ts';
import { indexOfPart, visitPath } from '../bson/path.ts';
import { type Doc, isDoc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import type { IndexSpec } from './index-spec.ts';

export interface IndexKeys {
  readonly keys: readonly Key[];
  /** The fields behind each key, for duplicate key errors. */
  readonly values: readonly (readonly (Value | undefined)[])[];
  /** Per component: an array was opened on its path. */
  readonly multikey: readonly boolean[];
}

export const noKeys: IndexKeys = { keys: [], values: [], multikey: [] };

/** The distinct keys under which an index holds a document: none where sparse or partial leaves it out. */
export function indexKeysOf(index: IndexSpec, doc: Doc): IndexKeys {
  if (index.sparse && !index.paths.some((parts) => isPresent(doc, parts))) return noKeys;
  if (index.partial !== undefined && !index.partial(doc)) return noKeys;
  const { rows, multikey } = fieldRows(doc, index.paths);
  const first = rows[0];
  if (rows.length === 1 && first !== undefined) {
    return { keys: [encodeFieldsKey(first, index.directions)], values: rows, multikey };
  }
  const distinct = new Map<string, { key: Key; row: (Value | undefined)[] }>();
  for (const row of rows) {
    const key = encodeFieldsKey(row, index.directions);
    distinct.set(key.bytes.toString('latin1'), { key, row });
  }
  const entries = [...distinct.values()];
  return { keys: entries.map((entry) => entry.key), values: entries.map((entry) => entry.row), multikey };
}

/**
 * The rows of values that a document has on some paths together: one, or one for each element of the array that the
 * paths go through. Sorting uses the same rows, so that it agrees with an index.
 */
export function fieldRows(doc: Doc, paths: readonly (readonly string[])[]): FieldRows {
  const result: FieldRows = { rows: [], multikey: paths.map(() => false) };
  expand(
    paths.map((rest) => ({ value: doc, rest })),
    result,
  );
  return result;
}

interface FieldRows {
  readonly rows: (Value | undefined)[][];
  readonly multikey: boolean[];
}

function isPresent(doc: Doc, parts: readonly string[]): boolean {
  return visitPath(doc, parts, (value) => value !== undefined);
}

interface Item {
  readonly value: Value | undefined;
  readonly rest: readonly string[];
  /** An array inside an array is a key as a whole. */
  readonly closed?: boolean;
}

/** Opens the one array that the components may share; two different ones cannot be indexed together. */
function expand(items: readonly Item[], result: FieldRows): void {
  const reached = items.map(advance);
  let array: Value[] | undefined;
  for (const { value, closed } of reached) {
    if (closed === true || !Array.isArray(value)) continue;
    if (array !== undefined && array !== value) throw new StoreError(171, 'cannot index parallel arrays');
    array = value;
  }
  if (array === undefined) {
    result.rows.push(
      reached.map(({ value, closed, rest }) =>
        closed === true && rest.length === 0 ? value : (value ?? null),
      ),
    );
    return;
  }
  const opened = reached.map((item) => item.value === array && item.closed !== true);
  opened.forEach((isOpened, i) => {
    if (isOpened) result.multikey[i] = true;
  });
  if (array.length === 0) {
    // An empty array is indexed as undefined (not null) where it is the value itself.
    const empty = reached.map((item, i) =>
      opened[i] === true
        ? { value: item.rest.length === 0 ? undefined : null, rest: [], closed: true }
        : item,
    );
    expand(empty, result);
    return;
  }
  for (const element of array) {
    expand(
      reached.map((item, i) => (opened[i] === true ? enter(element, item.rest) : item)),
      result,
    );
  }
}

function enter(element: Value, rest: readonly string[]): Item {
  if (rest.length === 0) return { value: element, rest, closed: true };
  return isDoc(element) ? { value: element, rest } : { value: null, rest: [], closed: true };
}

function advance(item: Item): Item {
  if (item.closed === true) return item;
  let { value, rest } = item;
  while (rest.length > 0) {
    const [part, ...after] = rest;
    if (part === undefined) break;
    if (isDoc(value)) {
      value = value.get(part);
    } else if (Array.isArray(value)) {
      const position = indexOfPart(part);
      if (position === undefined || position >= value.length) return { value, rest };
      value = value[position];
    } else {
      return { value: null, rest: [], closed: true };
    }
    rest = after;
  }
  return { value, rest };
}
