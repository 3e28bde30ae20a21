import { isDoc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { findDocuments, type FindRequest } from '../query/find-documents.ts';
import { planQuery } from '../query/plan.ts';
import { compileProjection } from '../query/projection.ts';
import { parseSort } from '../query/sort-spec.ts';
import type { Collection } from '../storage/collection.ts';
import { compileConditions } from '../query/compile-filter.ts';
import type { Command, CommandDefinition } from './command.ts';
import { cursorReply, firstBatchDefault, listReply } from './cursor-reply.ts';

const fields = [
  'filter',
  'sort',
  'projection',
  'hint',
  'skip',
  'limit',
  'batchSize',
  'singleBatch',
  'let',
  'allowDiskUse',
  'noCursorTimeout',
];

/** `{}`, absent, or anything empty means no hint. */
export function hintOf(value: Value | undefined): Value | undefined {
  if (value === undefined || value === null || (isDoc(value) && value.size === 0)) return undefined;
  if (typeof value === 'string' || isDoc(value)) return value;
  throw new StoreError('FailedToParse', 'hint must be a string or an object');
}

/** Parses a find command; also what explain explains. */
export function findRequest(command: Command, collection: Collection): FindRequest {
  const filter = command.doc('filter') ?? new Map<string, Value>();
  const variables = command.variables();
  const sort = parseSort(command.get('sort'));
  const projection = command.doc('projection');
  const hint = hintOf(command.get('hint'));
  const limit = command.count('limit') ?? 0;
  return {
    collection,
    plan: planQuery(collection, { filter, sort, hint, options: { variables } }),
    filter,
    sort,
    skip: command.count('skip') ?? 0,
    limit: limit === 0 ? Infinity : limit,
    project: projection === undefined || projection.size === 0 ? undefined : compileProjection(projection),
    variables,
    pace: command.pace(),
  };
}

export const find: CommandDefinition = {
  fields,
  run: async ({ store }, command) => {
    const { ns } = command.namespace();
    const batchSize = command.count('batchSize') ?? firstBatchDefault;
    const collection = store.collection(ns);
    if (collection === undefined) {
      checkQuery(command);
      return listReply(ns, []);
    }
    const request = findRequest(command, collection);
    const batch = await store.cursors.open({
      ns,
      results: findDocuments(store, request),
      pace: request.pace,
      batchSize,
      singleBatch: command.bool('singleBatch'),
      noTimeout: command.bool('noCursorTimeout'),
    });
    return cursorReply(ns, batch, 'firstBatch');
  },
};

/** Without a collection nothing is found, yet a wrong query is still refused. */
function checkQuery(command: Command): void {
  compileConditions(command.doc('filter') ?? new Map<string, Value>(), { variables: command.variables() });
  parseSort(command.get('sort'));
  const projection = command.doc('projection');
  if (projection !== undefined && projection.size > 0) compileProjection(projection);
}
