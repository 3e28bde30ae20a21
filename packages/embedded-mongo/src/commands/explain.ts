import { type Doc, docOf } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { countDocuments, isCountedByKeys } from '../query/count-documents.ts';
import { findDocuments, type FindRequest } from '../query/find-documents.ts';
import type { IndexScanPlan, Plan } from '../query/plan.ts';
import type { Scan, ScanCounts } from '../query/scan.ts';
import { isIdIndex } from '../storage/index-spec.ts';
import type { Store } from '../storage/store.ts';
import { Command, type CommandDefinition } from './command.ts';
import { findRequest } from './find.ts';

/** Explains a find or a count; the reads of other commands are planned the same way. */
export const explain: CommandDefinition = {
  fields: ['verbosity'],
  run: async ({ store }, command) => {
    const inner = command.doc('explain');
    const [name = ''] = inner?.keys() ?? [];
    if (inner === undefined || (name !== 'find' && name !== 'count'))
      throw new StoreError('IllegalOperation', `Cannot explain cmd: ${name}`);
    const read = asFind(new Command(name, command.database, inner));
    const { ns } = read.namespace();
    const collection = store.collection(ns);
    const request = collection === undefined ? undefined : findRequest(read, collection);
    const reply = docOf({
      explainVersion: '1',
      queryPlanner: docOf({
        namespace: ns,
        parsedQuery: request?.filter ?? docOf({}),
        winningPlan: request === undefined ? docOf({ stage: 'EOF' }) : describe(request),
        rejectedPlans: [],
      }),
    });
    if (command.get('verbosity') === 'queryPlanner') return reply;
    const started = performance.now();
    const counts = request === undefined ? nothingRead : await execute(store, request, name);
    return reply.set(
      'executionStats',
      docOf({
        executionSuccess: true,
        nReturned: counts.returned,
        executionTimeMillis: Math.round(performance.now() - started),
        totalKeysExamined: counts.keys,
        totalDocsExamined: counts.documents,
      }),
    );
  },
};

interface Executed extends ScanCounts {
  returned: number;
}

const nothingRead: Executed = { keys: 0, documents: 0, returned: 0 };

async function execute(store: Store, request: FindRequest, name: 'find' | 'count'): Promise<Executed> {
  if (name === 'count' && isCountedByKeys(request.plan)) {
    const keys = await countDocuments(store, { ...request, most: Infinity });
    return { keys, documents: 0, returned: keys };
  }
  let counts: ScanCounts = nothingRead;
  let returned = 0;
  const onScan = (scan: Scan): void => {
    counts = scan.counts;
  };
  const found = findDocuments(store, { ...request, onScan });
  while ((await found.next()).done !== true) returned++;
  return { ...counts, returned };
}

/** The find that reads the same documents as the command. */
function asFind({ name, database, fields }: Command): Command {
  const find: Doc = new Map([...fields, ['find', fields.get(name) ?? null]]);
  const query = fields.get('query');
  if (query !== undefined) find.set('filter', query);
  return new Command('find', database, find);
}

function describe({ plan, sort, skip, limit }: FindRequest): Doc {
  let described = describePlan(plan);
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

function describePlan(plan: Plan): Doc {
  if (plan.kind === 'scan') return describeScan(plan);
  const branches = plan.branches.map(describeScan);
  return docOf({ stage: 'FETCH', inputStage: docOf({ stage: 'OR', inputStages: branches }) });
}

function describeScan(plan: IndexScanPlan): Doc {
  const direction = plan.reverse ? 'backward' : 'forward';
  if (plan.wholeCollection && isIdIndex(plan.index) && plan.boundedFields.length === 0)
    return docOf({ stage: 'COLLSCAN', direction });
  const scan = docOf({
    stage: 'IXSCAN',
    keyPattern: plan.index.definition.get('key') ?? null,
    indexName: plan.index.name,
    direction,
    boundedFields: [...plan.boundedFields],
  });
  return docOf({ stage: 'FETCH', filtered: plan.residual !== undefined, inputStage: scan });
}
