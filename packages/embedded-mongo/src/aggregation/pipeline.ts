import { decodeDocument } from '../bson/decode.ts';
import { type Doc, docOf, isDoc, RawDoc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import type { Variables } from '../expression/compile-expression.ts';
import { compileConditions } from '../query/compile-filter.ts';
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

/** What a pipeline reads before its stages: answered by the planner. */
export interface Source {
  readonly ns: string;
  readonly filter: Doc;
  readonly sort: readonly SortKey[];
  /** Infinity: all. */
  readonly limit: number;
  readonly hint?: Value | undefined;
}

/** The one entry of a stage. Throws MongoDB's errors for stages that are malformed. */
export function stageEntry(stage: Value): [name: string, operand: Value] {
  const [entry] = isDoc(stage) && stage.size === 1 ? stage : [];
  if (entry !== undefined) return entry;
  throw new StoreError(40323, 'A pipeline stage specification object must contain exactly one field.');
}

export interface StageSpec {
  readonly name: string;
  readonly operand: Value;
  readonly compile: (operand: Value) => Stage;
}

/** Throws MongoDB's errors for stages that are malformed or unknown. */
export function parsePipeline(pipeline: readonly Value[]): StageSpec[] {
  return pipeline.map(stageEntry).map(([name, operand]) => {
    if (name === '$changeStream')
      throw new StoreError(40573, 'The $changeStream stage is only supported on replica sets');
    const compile = stageCompilers.get(name);
    if (compile === undefined) throw new StoreError(40324, `Unrecognized pipeline stage name: '${name}'`);
    return { name, operand, compile };
  });
}

/** A pipeline over a collection: what it starts with ($match, $sort, $limit) is answered by the planner. */
export function runPipeline(
  from: { ns: string; hint: Value | undefined },
  specs: readonly StageSpec[],
  context: PipelineContext,
): Documents {
  const { source, used } = sourceOf(specs);
  compileConditions(source.filter, context);
  return specs
    .slice(used)
    .map(({ compile, operand }) => compile(operand))
    .reduce((documents, stage) => stage(documents, context), readSource({ ...source, ...from }, context));
}

function sourceOf(specs: readonly StageSpec[]): { source: Omit<Source, 'ns'>; used: number } {
  let used = 0;
  const operandOf = (name: string): Value | undefined => {
    const next = specs[used];
    return next?.name === name ? next.operand : undefined;
  };
  const filters: Doc[] = [];
  for (let match = operandOf('$match'); isDoc(match); match = operandOf('$match')) {
    filters.push(match);
    used++;
  }
  const sort = parseSort(operandOf('$sort'));
  if (sort.length > 0) used++;
  const bound = operandOf('$limit');
  const limit = typeof bound === 'number' && bound > 0 ? bound : Infinity;
  if (limit !== Infinity) used++;
  const filter = filters.length > 1 ? docOf({ $and: filters }) : (filters[0] ?? new Map<string, Value>());
  return { source: { filter, sort, limit }, used };
}

export async function* readSource(source: Source, context: PipelineContext): Documents {
  const { store, variables, pace } = context;
  const collection = store.collection(source.ns);
  if (collection === undefined) return;
  const plan = planQuery(collection, { ...source, options: { variables } });
  const found = findDocuments(store, { ...source, collection, plan, skip: 0, variables, pace });
  for await (const each of found) yield each instanceof RawDoc ? decodeDocument(each.bytes) : each;
}
