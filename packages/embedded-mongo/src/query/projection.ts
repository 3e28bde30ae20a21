import { toInteger } from '../bson/number.ts';
import { splitPath } from '../bson/path.ts';
import { type Doc, isDoc, isNumeric, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import {
  compileExpression,
  type Evaluate,
  type Scope,
  type Variables,
} from '../expression/compile-expression.ts';
import { isTruthy } from '../expression/truthy.ts';
import { elementTest } from './compile-predicate.ts';

export type Project = (doc: Doc, variables: Variables) => Doc;

/** A tree of the projected paths; a leaf says what happens to its field. */
type Node = { readonly kind: 'tree'; readonly children: Map<string, Node> } | Leaf;
type Leaf =
  | { readonly kind: 'include' | 'exclude' }
  | { readonly kind: 'compute'; readonly evaluate: Evaluate }
  | { readonly kind: 'transform'; readonly apply: (value: Value) => Value | undefined };

interface ProjectionOptions {
  /** `$project` has no `$elemMatch`, and its `$slice` is an expression. */
  readonly aggregation?: boolean;
}

export function compileProjection(spec: Doc, options: ProjectionOptions = {}): Project {
  const tree = new Map<string, Node>();
  let including: boolean | undefined;
  let idLeaf: Leaf | undefined;
  for (const [path, value] of flattened(spec, '')) {
    const leaf = leafOf(path, value, options);
    if (path === '_id' && (leaf.kind === 'include' || leaf.kind === 'exclude')) {
      idLeaf = leaf;
      continue;
    }
    const includes = leaf.kind === 'exclude' ? false : leaf.kind === 'transform' ? undefined : true;
    if (including !== undefined && includes !== undefined && including !== includes) {
      throw new StoreError(
        includes ? 31253 : 31254,
        `Cannot do ${includes ? 'inclusion' : 'exclusion'} on field ${path} in ${includes ? 'exclusion' : 'inclusion'} projection`,
      );
    }
    including ??= includes;
    insert(tree, splitPath(path), leaf, path);
  }
  // Only `_id: 0` excludes, only `$elemMatch` includes, only `$slice` keeps everything.
  const elemMatch = [...spec.values()].some((value) => isDoc(value) && value.has('$elemMatch'));
  const inclusive = including ?? (idLeaf?.kind === 'include' || elemMatch);
  if (idLeaf !== undefined && idLeaf.kind !== 'include') tree.set('_id', { kind: 'exclude' });
  else if (inclusive && !tree.has('_id')) tree.set('_id', { kind: 'include' });
  return (doc, variables) => (inclusive ? include(doc, tree, { root: doc, variables }) : exclude(doc, tree));
}

function* flattened(spec: Doc, prefix: string): Generator<[string, Value]> {
  for (const [name, value] of spec) {
    const isNested = isDoc(value) && value.size > 0 && ![...value.keys()].some((key) => key.startsWith('$'));
    if (isNested) yield* flattened(value, `${prefix}${name}.`);
    else yield [prefix + name, value];
  }
}

function leafOf(path: string, value: Value, options: ProjectionOptions): Leaf {
  const parts = splitPath(path);
  if (parts.includes('')) throw new StoreError(40352, 'FieldPath cannot be constructed with empty string');
  if (parts.at(-1) === '$')
    throw new StoreError(31395, 'positional projection is not supported by this server');
  if (path.startsWith('$'))
    throw new StoreError(16410, `FieldPath field names may not start with '$'. Given: '${path}'.`);
  if (typeof value === 'boolean' || isNumeric(value)) {
    return { kind: isTruthy(value) ? 'include' : 'exclude' };
  }
  if (options.aggregation !== true && isDoc(value)) {
    const slice = value.get('$slice');
    const match = value.get('$elemMatch');
    if (slice !== undefined) return { kind: 'transform', apply: sliceOf(slice) };
    if (match !== undefined) return { kind: 'transform', apply: elementOf(match) };
  }
  return { kind: 'compute', evaluate: compileExpression(value) };
}

function sliceOf(operand: Value): (value: Value) => Value {
  const [first, second] = (Array.isArray(operand) ? operand : [operand]).map((item) =>
    isNumeric(item) ? Number(toInteger(item) ?? 0n) : Number.NaN,
  );
  if (first === undefined || Number.isNaN(first) || Number.isNaN(second))
    throw new StoreError(28667, '$slice needs a number or two');
  if (second !== undefined && second <= 0) throw new StoreError(28724, '$slice limit must be positive');
  return (value) => {
    if (!Array.isArray(value)) return value;
    if (second === undefined) return first >= 0 ? value.slice(0, first) : value.slice(first);
    const start = first < 0 ? Math.max(0, value.length + first) : first;
    return value.slice(start, start + second);
  };
}

function elementOf(operand: Value): (value: Value) => Value | undefined {
  const test = elementTest(operand);
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const found = value.find(test);
    return found === undefined ? undefined : [found];
  };
}

function insert(tree: Map<string, Node>, parts: readonly string[], leaf: Leaf, path: string): void {
  const [part = '', ...rest] = parts;
  const existing = tree.get(part);
  if (rest.length === 0) {
    if (existing !== undefined) throw new StoreError(31250, `Path collision at ${path}`);
    tree.set(part, leaf);
    return;
  }
  if (existing !== undefined && existing.kind !== 'tree')
    throw new StoreError(31249, `Path collision at ${path} remaining portion ${rest.join('.')}`);
  const node = existing ?? { kind: 'tree' as const, children: new Map<string, Node>() };
  tree.set(part, node);
  insert(node.children, rest, leaf, path);
}

/** Fields keep the document's order; computed ones follow in the projection's. */
function include(doc: Doc, tree: Map<string, Node>, scope: Scope): Doc {
  const result: Doc = new Map();
  for (const [name, value] of doc) {
    const node = tree.get(name);
    if (node === undefined || node.kind === 'exclude' || node.kind === 'compute') continue;
    const kept = includeField(value, node, scope);
    if (kept !== undefined) result.set(name, kept);
  }
  for (const [name, node] of tree) {
    if (node.kind === 'compute') {
      const value = node.evaluate(scope);
      if (value !== undefined) result.set(name, value);
    } else if (node.kind === 'tree' && !doc.has(name) && hasComputed(node.children)) {
      result.set(name, include(new Map(), node.children, scope));
    }
  }
  return result;
}

function hasComputed(tree: Map<string, Node>): boolean {
  return [...tree.values()].some(
    (node) => node.kind === 'compute' || (node.kind === 'tree' && hasComputed(node.children)),
  );
}

function includeField(value: Value, node: Node, scope: Scope): Value | undefined {
  if (node.kind === 'tree') return includeInside(value, node.children, scope);
  return node.kind === 'transform' ? node.apply(value) : value;
}

function includeInside(value: Value, tree: Map<string, Node>, scope: Scope): Value | undefined {
  if (isDoc(value)) return include(value, tree, scope);
  if (Array.isArray(value))
    return value.map((item) => includeInside(item, tree, scope)).filter((item) => item !== undefined);
  return hasComputed(tree) ? include(new Map(), tree, scope) : undefined;
}

function exclude(doc: Doc, tree: Map<string, Node>): Doc {
  const result: Doc = new Map();
  for (const [name, value] of doc) {
    const node = tree.get(name);
    const kept = node === undefined ? value : excludeField(value, node);
    if (kept !== undefined) result.set(name, kept);
  }
  return result;
}

function excludeField(value: Value, node: Node): Value | undefined {
  if (node.kind === 'exclude') return undefined;
  if (node.kind === 'transform') return node.apply(value);
  return node.kind === 'tree' ? excludeInside(value, node.children) : value;
}

function excludeInside(value: Value, tree: Map<string, Node>): Value {
  if (isDoc(value)) return exclude(value, tree);
  return Array.isArray(value) ? value.map((item) => excludeInside(item, tree)) : value;
}
