import { decodeDocument } from '../bson/decode.ts';
import { type Doc, isDoc, RawDoc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import type { Variables } from '../expression/compile-expression.ts';
import type { Results } from '../query/cursor-table.ts';
import { findDocuments } from '../query/find-documents.ts';
import type { Pace } from '../query/pace.ts';
import { planQuery } from '../query/plan.ts';
import { parseSort, type SortKey } from '../query/sort-spec.ts';
import type { Store } from '../storage/store.ts';
import { stageCompilers } from './stages.ts';

/** What stages run with. */
export interface PipelineContext {
  readonly store: Store;
  readonly database: string;
  readonly variables: Variables;
  readonly pace: Pace;
}

export type Documents = AsyncGenerator<Doc, void, void>;
export type Stage = (input: Documents, context: PipelineContext) => Documents;

export interface StageSpec {
  readonly name: string;
  readonly operand: Value;
}

/** Throws MongoDB's errors for stages that are malformed or unknown. */
export function parsePipeline(pipeline: readonly Value[]): StageSpec[] {
  return pipeline.map((stage) => {
    const [entry] = isDoc(stage) && stage.size === 1 ? stage : [];
    if (entry === undefined)
      throw new StoreError(40323, 'A pipeline stage specification object must contain exactly one field.');
    const [name, operand] = entry;
    if (stageCompilers[name] === undefined && !['$merge', '$out', '$documents'].includes(name)) {
      const known = [
        '$changeStream',
        '$geoNear',
        '$search',
        '$searchMeta',
        '$vectorSearch',
        '$graphLookup',
        '$densify',
        '$fill',
        '$setWindowFields',
        '$collStats',
        '$indexStats',
        '$listSessions',
        '$planCacheStats',
        '$redact',
        '$sample',
        '$unionWith',
        '$bucketAuto',
        '$listSearchIndexes',
        '$currentOp',
        '$listLocalSessions',
      ];
      if (name === '$changeStream')
        throw new StoreError(40573, 'The $changeStream stage is only supported on replica sets');
      if (known.includes(name))
        throw new StoreError(40324, `Pipeline stage '${name}' is not supported by this server`);
      throw new StoreError(40324, `Unrecognized pipeline stage name: '${name}'`);
    }
    return { name, operand };
  });
}

export function compileStages(specs: readonly StageSpec[]): Stage[] {
  return specs.map(({ name, operand }) => {
    const compile = stageCompilers[name];
    if (compile === undefined) throw new StoreError(40324, `Stage '${name}' is not allowed here`);
    return compile(operand);
  });
}

export function runStages(input: Documents, stages: readonly Stage[], context: PipelineContext): Documents {
  return stages.reduce<Documents>((documents, stage) => stage(documents, context), input);
}

export interface Source {
  readonly ns: string;
  readonly hint?: Value | undefined;
}

/** A pipeline over a collection: what it starts with ($match, $sort, $limit) is answered by the planner. */
export function runPipeline(
  source: Source,
  specs: readonly StageSpec[],
  context: PipelineContext,
): Documents {
  const head = headOf(specs);
  const stages = compileStages(specs.slice(head.used));
  return runStages(readHead(source, head, context), stages, context);
}

interface Head {
  readonly filter: Doc;
  readonly sort: readonly SortKey[];
  readonly limit: number;
  readonly used: number;
}

function headOf(specs: readonly StageSpec[]): Head {
  let used = 0;
  const filters: Doc[] = [];
  for (let stage = specs[used]; stage?.name === '$match' && isDoc(stage.operand); stage = specs[used]) {
    filters.push(stage.operand);
    used++;
  }
  let sort: readonly SortKey[] = [];
  if (specs[used]?.name === '$sort') sort = parseSort(specs[used++]?.operand);
  let limit = Infinity;
  const bound = specs[used];
  if (bound?.name === '$limit' && typeof bound.operand === 'number' && bound.operand > 0) {
    limit = bound.operand;
    used++;
  }
  const [only] = filters;
  const filter: Doc =
    filters.length === 1 && only !== undefined
      ? only
      : filters.length === 0
        ? new Map<string, Value>()
        : new Map<string, Value>([['$and', filters]]);
  return { filter, sort, limit, used };
}

async function* readHead(source: Source, head: Head, context: PipelineContext): Documents {
  const { store, variables, pace } = context;
  const collection = store.collection(source.ns);
  if (collection === undefined) return;
  const { filter, sort, limit } = head;
  const plan = planQuery(collection, { filter, sort, hint: source.hint, options: { variables } });
  const found: Results = findDocuments(store, {
    collection,
    plan,
    filter,
    sort,
    skip: 0,
    limit,
    variables,
    pace,
  });
  for await (const each of found) yield each instanceof RawDoc ? decodeDocument(each.bytes) : each;
}
