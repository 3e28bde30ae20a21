import { type Collection, type Document, MongoServerError } from 'mongodb';
import { applyWrite } from './apply-write.ts';
import type { Query } from './arbitrary-queries.ts';
import { documentId } from './arbitrary-values.ts';
import type { Write } from './arbitrary-writes.ts';
import { checkFilterServed, checkQuery, checkSortServed, show } from './check-query.ts';
import type { Fields } from './compare-values.ts';
import { type IndexSpec, ModelCollection } from './model-collection.ts';

/** One random life of a collection. */
export interface Run {
  documents: Fields[];
  indexes: IndexSpec[];
  queries: Query[];
  writes: Write[];
}

/** Throws, with the whole run in BSON's extended JSON, where the server's collection and the model's part. */
export async function compareWithModel(collection: Collection, run: Run): Promise<void> {
  const doing: { what: unknown } = { what: 'start' };
  try {
    await live(collection, run, doing);
  } catch (error) {
    throw new Error(`${String(error)}\nat ${show(doing.what)}\nof ${show(run)}`, { cause: error });
  }
}

async function live(collection: Collection, run: Run, doing: { what: unknown }): Promise<void> {
  const model = new ModelCollection();
  const whole: Document[] = [];
  const checkAll = async (): Promise<void> => {
    for (const query of run.queries)
      for (const hint of [null, { $natural: 1 }, ...whole]) {
        doing.what = { query, hint, documents: model.documents };
        await checkQuery(collection, model, { query, hint });
      }
  };
  for (const [number, document] of run.documents.entries())
    model.insert({ _id: documentId(number), ...document });
  await collection.insertMany(model.documents.map((document) => ({ ...document })));
  await checkAll();
  for (const index of run.indexes) {
    doing.what = { index };
    if (!(await addIndex(collection, model, index))) continue;
    if (whole.length === 0 && isWhole(index)) await checkServed(collection, index, run);
    if (isWhole(index)) whole.push(index.key);
    await checkAll();
  }
  for (const write of run.writes) {
    doing.what = { write, documents: model.documents };
    await applyWrite(collection, model, write);
  }
  await checkAll();
}

/** A sparse or a partial index, where it is forced upon a query, leaves documents out: as MongoDB's does. */
const isWhole = (index: IndexSpec): boolean => !index.sparse && !index.partialFilterExpression;

/** What an index must serve whatever the documents are, and its order where every key has room for one. */
async function checkServed(collection: Collection, index: IndexSpec, run: Run): Promise<void> {
  const filter = servable(index, run.queries);
  if (filter) await checkFilterServed(collection, index, filter);
  const arrays = Object.keys(index.key).some((path) => path.startsWith('a'));
  if (!arrays && !/\$numberDecimal|x{1000}/.test(show(run.documents)))
    await checkSortServed(collection, index);
}

/** A filter with an equality on the first field of the index. */
function servable({ key }: IndexSpec, queries: Query[]): Fields | undefined {
  const [path = ''] = Object.keys(key);
  return queries.map(({ filter }) => filter).find((filter) => isEquality(filter[path]));
}

const isEquality = (condition: unknown): boolean =>
  typeof condition === 'string' || typeof condition === 'boolean' || condition instanceof Date;

/** Makes the index in both, or in neither, where the documents are not as unique as it asks. */
async function addIndex(collection: Collection, model: ModelCollection, index: IndexSpec): Promise<boolean> {
  const expected = model.addIndex(index);
  const { key, ...options } = index;
  const name = show(index);
  const actual = await collection.createIndex(key, { ...options, name }, {}).then(
    () => true,
    (error: unknown) => {
      if (error instanceof MongoServerError && error.code === 11000) return false;
      throw error;
    },
  );
  if (actual !== expected)
    throw new Error(`unique index: made ${String(actual)}, the model ${String(expected)}`);
  return actual;
}
