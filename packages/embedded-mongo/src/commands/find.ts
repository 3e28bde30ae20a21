import { type Doc, isDoc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { toInteger } from '../bson/number.ts';
import { isNumeric } from '../bson/value.ts';
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
  'allowPartialResults',
  'min',
  'max',
  'returnKey',
  'showRecordId',
  'tailable',
  'awaitData',
  'oplogReplay',
];

const refused = ['min', 'max', 'returnKey', 'showRecordId', 'tailable', 'awaitData'];

/** `{}`, absent, or anything empty means no hint. */
export function hintOf(value: Value | undefined): Value | undefined {
  if (value === undefined || value === null || (isDoc(value) && value.size === 0)) return undefined;
  if (typeof value === 'string' || isDoc(value)) return value;
  throw new StoreError('FailedToParse', 'hint must be a string or an object');
}

/** Parses a find command; also what explain explains. */
export function findRequest(command: Command, collection: Collection): FindRequest {
  for (const field of refused) {
    if (command.get(field) !== undefined && command.get(field) !== false)
      throw new StoreError('BadValue', `find option '${field}' is not supported by this server`);
  }
  const filter = command.doc('filter') ?? new Map<string, Value>();
  const variables = command.variables();
  const natural = naturalSort(command.get('sort'));
  const sort = natural === undefined ? parseSort(command.get('sort')) : [];
  const projection = command.doc('projection');
  const hint = natural ?? hintOf(command.get('hint'));
  const limit = command.count('limit') ?? 0;
  return {
    collection,
    plan: planQuery(collection, { filter, sort, hint, options: { variables } }),
    filter,
    sort,
    skip: command.count('skip') ?? 0,
    limit: limit === 0 ? Infinity : limit,
    project: projection === undefined || projection.size === 0 ? undefined : compileProjection(projection),
    positional: [...(projection?.keys() ?? [])].some((path) => path.endsWith('.$')),
    variables,
    pace: command.pace(),
  };
}

function naturalSort(sort: Value | undefined): Doc | undefined {
  return isDoc(sort) && sort.size === 1 && sort.has('$natural') ? sort : undefined;
}

export const find: CommandDefinition = {
  fields,
  run: async ({ store }, command) => {
    const { ns } = command.namespace();
    // A negative limit is the legacy way to ask for one batch.
    const limit = command.get('limit');
    if (isNumeric(limit) && (toInteger(limit) ?? 0n) < 0n)
      throw new StoreError(51024, `BSON field 'limit' value must be >= 0, actual value '${String(limit)}'`);
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
  const sort = command.get('sort');
  if (naturalSort(sort) === undefined) parseSort(sort);
  const projection = command.doc('projection');
  if (projection !== undefined && projection.size > 0) compileProjection(projection);
}
