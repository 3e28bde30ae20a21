import { BSON, type Collection, type Document } from 'mongodb';
import type { Query } from './arbitrary-queries.ts';
import type { Fields } from './compare-values.ts';
import { compareKeys, type Pattern, sortKey } from './index-keys.ts';
import { bytes, type IndexSpec, type ModelCollection } from './model-collection.ts';

/** Documents with the BSON types that are stored. */
const typed = { promoteValues: false, promoteLongs: false, promoteBuffers: false };

/** Throws unless the server's answer to `query`, by the index that `hint` names if it does, is one of the model's. */
export async function checkQuery(
  collection: Collection,
  model: ModelCollection,
  { query, hint }: { query: Query; hint: Document | null },
): Promise<void> {
  const { filter, sort, skip, limit } = query;
  const found = collection.find(filter, { ...typed, ...(sort ? { sort } : {}), ...(hint ? { hint } : {}) });
  checkAnswer(query, model.find(filter), await found.skip(skip).limit(limit).toArray());
}

/**
 * Throws unless `answer` is right for `query`, of which `matching` is everything that its filter finds. Documents that
 * sort alike may come in any order, and without a sort any of them may: the keys, and the number, are given.
 */
export function checkAnswer({ sort, skip, limit }: Query, matching: Fields[], answer: Fields[]): void {
  const expected = new Set(matching.map(bytes));
  const count = Math.min(limit || Infinity, Math.max(0, matching.length - skip));
  const wrong = answer.filter((document) => !expected.has(bytes(document)));
  const same = new Set(answer.map(bytes)).size === answer.length;
  if (answer.length !== count || wrong.length > 0 || !same)
    throw new Error(`expected ${count} of ${show(matching)}, got ${show(answer)}`);
  if (!sort) return;
  const keys = matching.map((document) => sortKey(document, sort)).sort((a, b) => compareKeys(a, b, sort));
  for (const [index, document] of answer.entries())
    if (compareKeys(sortKey(document, sort), keys[skip + index] ?? [], sort) !== 0)
      throw new Error(`sorted by ${show(sort)}, number ${index} is wrong: ${show(answer)}`);
}

/** Throws unless explain says that `index`, the only one, serves a filter on its first field. */
export async function checkFilterServed(
  collection: Collection,
  { key }: IndexSpec,
  filter: Fields,
): Promise<void> {
  const [path = ''] = Object.keys(key);
  const names = stages(await collection.find({ [path]: filter[path] }).explain('queryPlanner'));
  if (!names.includes('IXSCAN')) throw new Error(`${show(filter)} is served by no index: ${names.join(' ')}`);
}

/** Throws unless explain says that `index`, the only one, gives its own order and the reverse, unsorted. */
export async function checkSortServed(collection: Collection, { key }: IndexSpec): Promise<void> {
  for (const order of [key, reversed(key)]) {
    const names = stages(await collection.find().sort(order).explain('queryPlanner'));
    if (!names.includes('IXSCAN') || names.includes('SORT'))
      throw new Error(`the sort ${show(order)} is not served by its index: ${names.join(' ')}`);
  }
}

const reversed = (key: Pattern): Pattern =>
  Object.fromEntries(Object.entries(key).map(([path, way]) => [path, -way])) as Pattern;

/** The names of all stages of the winning plan. */
function stages(explained: Document): string[] {
  const plan = (explained['queryPlanner'] as Document)['winningPlan'] as Document;
  const found: string[] = [];
  JSON.stringify(plan, (name, value: unknown) => {
    if (name === 'stage') found.push(String(value));
    return value;
  });
  return found;
}

export const show = (value: unknown): string => BSON.EJSON.stringify(value, { relaxed: false });
