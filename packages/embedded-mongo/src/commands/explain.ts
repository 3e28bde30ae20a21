import { type Doc, docOf, isDoc, RawDoc } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { countDocuments } from '../query/count-documents.ts';
import { findDocuments, type FindRequest } from '../query/find-documents.ts';
import type { IndexScanPlan, Plan } from '../query/plan.ts';
import type { Scan } from '../query/scan.ts';
import { isIdIndex } from '../storage/index-spec.ts';
import type { Collection } from '../storage/collection.ts';
import { Command, type CommandDefinition } from './command.ts';
import { findRequest } from './find.ts';
import { commands } from './commands.ts';
import { serverVersion } from './handshake.ts';

const explained = new Set(['find', 'count', 'distinct', 'aggregate', 'update', 'delete', 'findAndModify']);

/** Explains the read that a command starts with; nothing is written. */
export const explain: CommandDefinition = {
  fields: ['verbosity'],
  run: async ({ store }, command) => {
    const inner = command.doc('explain');
    const [name = ''] = inner?.keys() ?? [];
    if (inner === undefined || !commands.has(name))
      throw new StoreError('CommandNotFound', `Explain failed due to unknown command: ${name}`);
    if (!explained.has(name)) throw new StoreError('IllegalOperation', `Cannot explain cmd: ${name}`);
    const { ns } = new Command(name, command.database, inner).namespace();
    const collection = store.collection(ns);
    if (collection === undefined)
      return docOf({
        queryPlanner: docOf({ namespace: ns, winningPlan: docOf({ stage: 'EOF' }) }),
        executionStats: statistics({ keys: 0, documents: 0 }, 0, 0),
      });
    const request = findRequest(asFind(name, command.database, inner), collection);
    const reply = docOf({
      explainVersion: '1',
      queryPlanner: docOf({
        namespace: ns,
        parsedQuery: request.filter,
        winningPlan: describe(request, collection),
        rejectedPlans: [],
      }),
      serverInfo: docOf({ version: serverVersion }),
    });
    if ((command.get('verbosity') ?? 'allPlansExecution') === 'queryPlanner') return reply;
    const started = Date.now();
    let scan: Scan | undefined;
    let returned = 0;
    if (name === 'count' && request.plan.residual === undefined) {
      const { filter, plan, pace } = request;
      const keys = await countDocuments(store, { collection, filter, plan, pace, most: Infinity });
      return reply.set('executionStats', statistics({ keys, documents: 0 }, keys, Date.now() - started));
    }
    for await (const each of findDocuments(store, {
      ...request,
      project: undefined,
      onScan: (used) => (scan = used),
    })) {
      returned += each instanceof RawDoc ? 1 : 0;
    }
    return reply.set(
      'executionStats',
      statistics(scan?.counts ?? { keys: 0, documents: 0 }, returned, Date.now() - started),
    );
  },
};

function statistics(counts: { keys: number; documents: number }, returned: number, ms: number): Doc {
  return docOf({
    executionSuccess: true,
    nReturned: returned,
    executionTimeMillis: ms,
    totalKeysExamined: counts.keys,
    totalDocsExamined: counts.documents,
  });
}

/** The find that reads the same documents as the command. */
function asFind(name: string, database: string, inner: Doc): Command {
  const as: Doc = new Map([['find', inner.get(name) ?? '']]);
  const copy = (from: string, to: string, source: Doc = inner): void => {
    const value = source.get(from);
    if (value !== undefined) as.set(to, value);
  };
  for (const field of ['sort', 'hint', 'skip', 'limit', 'let', 'maxTimeMS']) copy(field, field);
  if (name === 'find') for (const field of ['filter', 'projection']) copy(field, field);
  if (name === 'aggregate') {
    const pipeline = inner.get('pipeline');
    for (const stage of Array.isArray(pipeline) ? pipeline : []) {
      const [key] = isDoc(stage) ? stage.keys() : [];
      const field = key === undefined ? undefined : { $match: 'filter', $sort: 'sort', $limit: 'limit' }[key];
      if (key === undefined || field === undefined || as.has(field) || !isDoc(stage)) break;
      copy(key, field, stage);
    }
  }
  copy('query', 'filter');
  const list = inner.get(name === 'update' ? 'updates' : 'deletes');
  const statement = Array.isArray(list) ? list[0] : undefined;
  if (isDoc(statement)) {
    copy('q', 'filter', statement);
    copy('hint', 'hint', statement);
  }
  return new Command('find', database, as);
}

function describe(request: FindRequest, collection: Collection): Doc {
  const { plan, sort, skip, limit } = request;
  let described = describePlan(plan, collection);
  if (!plan.providesSort) {
    described = docOf({
      stage: 'SORT',
      sortPattern: new Map(sort.map(({ path, direction }) => [path, direction])),
      inputStage: described,
    });
  }
  if (skip > 0) described = docOf({ stage: 'SKIP', skipAmount: skip, inputStage: described });
  if (limit !== Infinity) described = docOf({ stage: 'LIMIT', limitAmount: limit, inputStage: described });
  return described;
}

function describePlan(plan: Plan, collection: Collection): Doc {
  if (plan.kind === 'union') {
    const branches = plan.branches.map((branch) => describeScan(branch, collection));
    return docOf({ stage: 'FETCH', inputStage: docOf({ stage: 'OR', inputStages: branches }) });
  }
  return describeScan(plan, collection);
}

function describeScan(plan: IndexScanPlan, collection: Collection): Doc {
  const direction = plan.reverse ? 'backward' : 'forward';
  if (plan.wholeCollection && isIdIndex(plan.index) && plan.boundedFields.length === 0)
    return docOf({ stage: 'COLLSCAN', direction });
  const scan = docOf({
    stage: 'IXSCAN',
    keyPattern: plan.index.definition.get('key') ?? null,
    indexName: plan.index.name,
    isMultiKey: plan.index.multikey.some(Boolean),
    isUnique: plan.index.unique,
    isSparse: plan.index.sparse,
    isPartial: plan.index.partialFilter !== undefined,
    direction,
    boundedFields: [...plan.boundedFields],
  });
  return docOf({
    stage: 'FETCH',
    filtered: plan.residual !== undefined,
    inputStage: scan,
    namespace: collection.ns,
  });
}
