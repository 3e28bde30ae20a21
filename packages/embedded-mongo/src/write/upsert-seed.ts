import { splitPath } from '../bson/path.ts';
import type { Doc, Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { compileConditions } from '../query/compile-filter.ts';
import { applyAtPath } from '../update/update-path.ts';

/** What an upsert starts from: the fields that the filter fixes by equality; for a replacement its _id alone. */
export function upsertSeed(filter: Doc, idOnly: boolean): Doc {
  const fixed = new Map<string, Value>();
  for (const { path, op, operand } of compileConditions(filter)) {
    const value = op === '$eq' ? operand : op === '$all' || op === '$in' ? onlyItem(operand) : undefined;
    if (path === undefined || value === undefined || (idOnly && path !== '_id')) continue;
    if (fixed.has(path))
      throw new StoreError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
    fixed.set(path, value);
  }
  const seed: Doc = new Map();
  const scope = { arrayIndex: undefined, inserting: true, arrayFilters: new Map() };
  for (const [path, value] of fixed) {
    applyAtPath(seed, { path, parts: splitPath(path), creates: true, modify: () => value }, scope);
  }
  return seed;
}

function onlyItem(operand: Value): Value | undefined {
  return Array.isArray(operand) && operand.length === 1 ? operand[0] : undefined;
}
