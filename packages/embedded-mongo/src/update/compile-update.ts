import { splitPath } from '../bson/path.ts';
import { type Doc, isDoc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import type { Variables } from '../expression/compile-expression.ts';
import { compileArrayFilters } from './array-filters.ts';
import { modifiers } from './modifiers.ts';
import { compilePipelineUpdate } from './pipeline-update.ts';
import { applyAtPath, type PathUpdate } from './update-path.ts';

export interface UpdateInput {
  readonly arrayIndex: number | undefined;
  readonly inserting: boolean;
}

/** `apply` changes `doc` in place or answers another one; the _id is checked by the caller. */
export interface Update {
  readonly replaces: boolean;
  readonly apply: (doc: Doc, input: UpdateInput) => Doc;
}

export interface UpdateOptions {
  readonly arrayFilters?: Value | undefined;
  readonly variables?: Variables | undefined;
}

/** Compiles what an update statement carries: a replacement, modifiers or a pipeline. */
export function compileUpdate(source: Value, options: UpdateOptions = {}): Update {
  if (Array.isArray(source)) {
    if (options.arrayFilters !== undefined) {
      throw new StoreError('FailedToParse', 'arrayFilters may not be specified for pipeline-syle updates');
    }
    const apply = compilePipelineUpdate(source, options.variables);
    return { replaces: false, apply };
  }
  if (!isDoc(source))
    throw new StoreError('FailedToParse', 'Update argument must be either an object or an array');
  const [first] = source.keys();
  if (first === undefined || !first.startsWith('$')) {
    if (options.arrayFilters !== undefined)
      throw new StoreError('FailedToParse', 'arrayFilters may not be specified for replacement updates');
    checkReplacement(source);
    return { replaces: true, apply: (doc) => replacement(doc, source) };
  }
  return compileModifiers(source, options);
}

function checkReplacement(source: Doc): void {
  for (const name of source.keys()) {
    if (name.startsWith('$')) {
      throw new StoreError(
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
    }
  }
}

function replacement(doc: Doc, source: Doc): Doc {
  const id = source.has('_id') ? source.get('_id') : doc.get('_id');
  const next: Doc = new Map();
  if (id !== undefined) next.set('_id', id);
  for (const [name, value] of source) next.set(name, value);
  return next;
}

function compileModifiers(source: Doc, options: UpdateOptions): Update {
  const updates: PathUpdate[] = [];
  for (const [name, fields] of source) {
    if (!isDoc(fields)) {
      throw new StoreError(
        'FailedToParse',
        `Modifiers operate on fields but we found type another type for ${name}. For example: {$mod: {<field>: ...}}`,
      );
    }
    const modifier = modifiers[name];
    if (modifier === undefined) {
      throw new StoreError(
        'FailedToParse',
        `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    for (const [path, operand] of fields) {
      updates.push({
        path,
        parts: checkPath(path),
        modify: modifier.compile(operand, path),
        creates: modifier.creates,
      });
    }
  }
  const paths = updates.map((update) => update.path);
  checkConflicts(paths);
  const arrayFilters = compileArrayFilters(options.arrayFilters, paths);
  // New fields appear in the order of their paths, numeric parts by number.
  updates.sort((a, b) => comparePaths(a.parts, b.parts));
  return {
    replaces: false,
    apply: (doc, input) => {
      for (const update of updates) applyAtPath(doc, update, { ...input, arrayFilters });
      return doc;
    },
  };
}

function checkPath(path: string): readonly string[] {
  if (path === '') throw new StoreError('EmptyFieldName', 'An empty update path is not valid.');
  const parts = splitPath(path);
  for (const part of parts) {
    if (part === '') {
      throw new StoreError(
        'EmptyFieldName',
        `The update path '${path}' contains an empty field name, which is not allowed.`,
      );
    }
    const positional = part === '$' || /^\$\[[a-z0-9]*[a-zA-Z0-9]*\]$/.test(part);
    if (part.startsWith('$') && !positional) {
      throw new StoreError(
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${part}' in '${path}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
    }
  }
  if (parts[0]?.startsWith('$') === true) {
    throw new StoreError(
      'BadValue',
      `Cannot have array filter identifier or positional operator as the first part of '${path}'`,
    );
  }
  return parts;
}

function checkConflicts(paths: readonly string[]): void {
  const taken = new Set<string>();
  for (const path of paths) {
    if (taken.has(path)) throw conflict(path, path);
    taken.add(path);
  }
  for (const path of paths) {
    const parts = splitPath(path);
    for (let i = 1; i < parts.length; i++) {
      const parent = parts.slice(0, i).join('.');
      if (taken.has(parent)) throw conflict(path, parent);
    }
  }
}

function conflict(path: string, at: string): StoreError {
  return new StoreError(
    'ConflictingUpdateOperators',
    `Updating the path '${path}' would create a conflict at '${at}'`,
  );
}

function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const x = a[i] ?? '';
    const y = b[i] ?? '';
    if (x === y) continue;
    if (/^\d+$/.test(x) && /^\d+$/.test(y)) return Number(x) - Number(y);
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
}
