import { decodeDocument } from '../bson/decode.ts';
import { splitPath, visitLeaves } from '../bson/path.ts';
import { BSONRegExp, type Doc, docOf, isDoc, RawDoc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { compileExpression } from '../expression/compile-expression.ts';
import { findDocuments } from '../query/find-documents.ts';
import { planQuery } from '../query/plan.ts';
import { MemoryMeter } from '../query/top-sorter.ts';
import { approximateBytes } from './document-size.ts';
import { assign } from './document-stages.ts';
import {
  type Documents,
  parsePipeline,
  type PipelineContext,
  runPipeline,
  type Stage,
  type StageSpec,
} from './pipeline.ts';

const known = ['from', 'localField', 'foreignField', 'as', 'let', 'pipeline'];

interface Lookup {
  readonly from: string;
  readonly local: readonly string[] | undefined;
  readonly foreign: string | undefined;
  readonly as: readonly string[];
  readonly pipeline: readonly StageSpec[];
  readonly bindings: readonly (readonly [string, ReturnType<typeof compileExpression>])[];
}

/** Joins by equality, one indexed query a document; with a pipeline also by whatever its $match says. */
export function compileLookup(operand: Value): Stage {
  const lookup = parseLookup(operand);
  return async function* (input, context): Documents {
    for await (const doc of input) {
      const found: Value[] = [];
      const meter = new MemoryMeter();
      for await (const foreign of joined(lookup, doc, context)) {
        meter.add(approximateBytes(foreign));
        found.push(foreign);
      }
      yield assign(doc, lookup.as, found);
    }
  };
}

function parseLookup(operand: Value): Lookup {
  if (!isDoc(operand)) throw new StoreError('FailedToParse', 'the $lookup specification must be an Object');
  for (const name of operand.keys())
    if (!known.includes(name)) throw new StoreError('FailedToParse', `unknown argument to $lookup: ${name}`);
  const text = (name: string): string | undefined => {
    const value = operand.get(name);
    if (value !== undefined && typeof value !== 'string')
      throw new StoreError('FailedToParse', `$lookup argument '${name}' must be a string`);
    return value;
  };
  const [from, as, local, foreign] = [text('from'), text('as'), text('localField'), text('foreignField')];
  const pipeline = operand.get('pipeline');
  const bindings = operand.get('let');
  if (from === undefined || as === undefined)
    throw new StoreError('FailedToParse', "must specify 'from' and 'as' fields for a $lookup");
  if ((local === undefined) !== (foreign === undefined) || (local === undefined && pipeline === undefined)) {
    throw new StoreError(
      'FailedToParse',
      '$lookup requires both or neither of localField and foreignField, or a pipeline',
    );
  }
  return {
    from,
    as: splitPath(as),
    local: local === undefined ? undefined : splitPath(local),
    foreign,
    pipeline: Array.isArray(pipeline) ? parsePipeline(pipeline) : [],
    bindings: isDoc(bindings)
      ? [...bindings].map(([name, value]) => [name, compileExpression(value)] as const)
      : [],
  };
}

async function* joined(lookup: Lookup, doc: Doc, context: PipelineContext): Documents {
  const ns = `${context.database}.${lookup.from}`;
  const filter = equalityFilter(lookup, doc);
  if (lookup.pipeline.length > 0) {
    const variables = new Map(context.variables);
    for (const [name, evaluate] of lookup.bindings)
      variables.set(name, evaluate({ root: doc, variables: context.variables }) ?? null);
    const match: StageSpec[] = filter === undefined ? [] : [{ name: '$match', operand: filter }];
    yield* runPipeline({ ns }, [...match, ...lookup.pipeline], { ...context, variables });
    return;
  }
  const collection = context.store.collection(ns);
  if (collection === undefined || filter === undefined) return;
  const { store, variables, pace } = context;
  const plan = planQuery(collection, { filter });
  for await (const each of findDocuments(store, {
    collection,
    plan,
    filter,
    sort: [],
    skip: 0,
    limit: Infinity,
    variables,
    pace,
  })) {
    yield each instanceof RawDoc ? decodeDocument(each.bytes) : each;
  }
}

/** A local array matches any of its elements; a missing local field is null. */
function equalityFilter(lookup: Lookup, doc: Doc): Doc | undefined {
  if (lookup.local === undefined || lookup.foreign === undefined) return undefined;
  const values: Value[] = [];
  visitLeaves(doc, lookup.local, (value) => {
    if (!Array.isArray(value)) values.push(value ?? null);
    return false;
  });
  if (values.some((value) => value instanceof BSONRegExp)) {
    return docOf({ $or: values.map((value) => docOf({ [lookup.foreign ?? '']: docOf({ $eq: value }) })) });
  }
  return docOf({ [lookup.foreign]: docOf({ $in: values }) });
}
