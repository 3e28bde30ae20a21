import { indexOfPart } from '../bson/path.ts';
import { typeName } from '../bson/type.ts';
import { type Doc, isDoc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { formatValue } from '../bson/format-value.ts';

/** What an update may use of the match that chose the document. */
export interface UpdateScope {
  /** The position for `$`; undefined when the filter matched through no array. */
  readonly arrayIndex: number | undefined;
  readonly inserting: boolean;
  readonly arrayFilters: ReadonlyMap<string, (item: Value) => boolean>;
}

/** Returned by a modifier that leaves the field as it is. */
export const unchanged = Symbol('unchanged');

/** From the value at the path (undefined: missing) to the new one (undefined: removed). */
export type Modify = (old: Value | undefined, scope: UpdateScope) => Value | undefined | typeof unchanged;

/** More elements than this are not padded with nulls to reach a position. */
const paddingMax = 1_500_000;

export interface PathUpdate {
  readonly path: string;
  readonly parts: readonly string[];
  readonly modify: Modify;
  /** Whether missing documents on the way are made; `$unset` and `$pull` do not. */
  readonly creates: boolean;
}

/** Applies one modifier at its path, through positional parts. Changes `doc` in place. */
export function applyAtPath(doc: Doc, update: PathUpdate, scope: UpdateScope): void {
  descend(doc, { update, scope }, 0);
}

interface Walk {
  readonly update: PathUpdate;
  readonly scope: UpdateScope;
}

function descend(container: Doc | Value[], walk: Walk, depth: number): void {
  const { update, scope } = walk;
  const part = update.parts[depth] ?? '';
  if (!part.startsWith('$')) {
    visit(container, part, walk, depth);
    return;
  }
  if (part === '$') {
    if (scope.arrayIndex === undefined) {
      throw new StoreError(
        'BadValue',
        'The positional operator did not find the match needed from the query.',
      );
    }
    if (!Array.isArray(container)) throw notViable(walk, depth, container);
    visit(container, String(scope.arrayIndex), walk, depth);
    return;
  }
  if (!Array.isArray(container)) {
    throw new StoreError(
      'BadValue',
      `Cannot apply array updates to non-array element at '${update.parts.slice(0, depth).join('.')}'`,
    );
  }
  const accept = part === '$[]' ? undefined : scope.arrayFilters.get(part.slice(2, -1));
  container.forEach((item, i) => {
    if (accept === undefined || accept(item)) visit(container, String(i), walk, depth);
  });
}

function visit(container: Doc | Value[], part: string, walk: Walk, depth: number): void {
  const { update, scope } = walk;
  const old = childOf(container, part, walk, depth);
  if (depth === update.parts.length - 1) {
    const next = update.modify(old, scope);
    if (next !== unchanged) setChild(container, part, next);
    return;
  }
  if (isDoc(old) || Array.isArray(old)) {
    descend(old, walk, depth + 1);
    return;
  }
  const ahead = update.parts[depth + 1] ?? '';
  if (old === undefined) {
    if (!update.creates) return;
    if (ahead.startsWith('$[') || ahead === '$') {
      throw new StoreError(
        'BadValue',
        `The path '${update.parts.slice(0, depth + 1).join('.')}' must exist in the document in order to apply array updates.`,
      );
    }
    const made: Doc = new Map();
    descend(made, walk, depth + 1);
    setChild(container, part, made);
    return;
  }
  if (update.creates) throw notViable(walk, depth + 1, old, part);
}

function childOf(container: Doc | Value[], part: string, walk: Walk, depth: number): Value | undefined {
  if (isDoc(container)) return container.get(part);
  const index = indexOfPart(part);
  if (index !== undefined) return container[index];
  if (walk.update.creates) throw notViable(walk, depth, container);
  return undefined;
}

/** Removing an array's element leaves null in its place, as `$unset` does. */
function setChild(container: Doc | Value[], part: string, value: Value | undefined): void {
  if (isDoc(container)) {
    if (value === undefined) container.delete(part);
    else container.set(part, value);
    return;
  }
  const index = indexOfPart(part);
  if (index === undefined || (value === undefined && index >= container.length)) return;
  if (index - container.length > paddingMax)
    throw new StoreError('BadValue', `cannot pad an array past ${paddingMax} elements`);
  while (container.length < index) container.push(null);
  container[index] = value ?? null;
}

function notViable(walk: Walk, depth: number, value: Value, name?: string): StoreError {
  const { parts } = walk.update;
  const field = name ?? parts[depth - 1] ?? '';
  return new StoreError(
    'PathNotViable',
    `Cannot create field '${parts[depth] ?? ''}' in element {${field}: ${isDoc(value) || Array.isArray(value) ? typeName(value) : formatValue(value)}}`,
  );
}
