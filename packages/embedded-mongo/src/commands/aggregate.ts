import { type Doc, isDoc, isNumeric, type Value } from '../bson/value.ts';
import { toInteger } from '../bson/number.ts';
import { StoreError } from '../errors/store-error.ts';
import {
  compileStages,
  type Documents,
  parsePipeline,
  runPipeline,
  runStages,
  type PipelineContext,
  type StageSpec,
} from '../aggregation/pipeline.ts';
import { writeResults } from '../aggregation/write-stages.ts';
import { compileExpression } from '../expression/compile-expression.ts';
import { checkCollectionName, type Command, type CommandDefinition } from './command.ts';
import { cursorReply, firstBatchDefault, listReply } from './cursor-reply.ts';
import { hintOf } from './find.ts';

export const aggregate: CommandDefinition = {
  fields: ['pipeline', 'cursor', 'explain', 'allowDiskUse', 'bypassDocumentValidation', 'hint', 'let'],
  run: async ({ store }, command) => {
    if (command.bool('explain')) throw new StoreError('FailedToParse', 'use the explain command');
    const source = command.fields.get('aggregate');
    const specs = parsePipeline(command.array('pipeline'));
    const context: PipelineContext = {
      store,
      database: command.database,
      variables: command.variables(),
      pace: command.pace(),
    };
    const ns = `${command.database}.${typeof source === 'string' ? source : '$cmd.aggregate'}`;
    if (typeof source === 'string') checkCollectionName(command.database, source);
    const last = specs.at(-1);
    const writes = last !== undefined && (last.name === '$out' || last.name === '$merge') ? last : undefined;
    const read = writes === undefined ? specs : specs.slice(0, -1);
    const misplaced = read.find((spec) => spec.name === '$out' || spec.name === '$merge');
    if (misplaced !== undefined)
      throw new StoreError(40601, `${misplaced.name} can only be the final stage in the pipeline`);
    const documents = start(command, ns, read, context);
    if (writes !== undefined) {
      await writeResults(writes, documents, context);
      return listReply(ns, []);
    }
    const batch = await store.cursors.open({
      ns,
      results: documents,
      pace: context.pace,
      batchSize: batchSizeOf(command),
    });
    return cursorReply(ns, batch, 'firstBatch');
  },
};

/** Over a collection, or over `$documents` where the command names none. */
function start(
  command: Command,
  ns: string,
  specs: readonly StageSpec[],
  context: PipelineContext,
): Documents {
  if (typeof command.fields.get('aggregate') === 'string') {
    if (specs.some((spec) => spec.name === '$documents'))
      throw new StoreError(
        'InvalidNamespace',
        '$documents is only valid for an aggregate without a collection',
      );
    return runPipeline({ ns, hint: hintOf(command.get('hint')) }, specs, context);
  }
  const [first, ...rest] = specs;
  if (first?.name !== '$documents') {
    throw new StoreError(
      'InvalidNamespace',
      `{aggregate: 1} is not valid for '${first?.name ?? 'an empty pipeline'}'; a collection is required.`,
    );
  }
  const list = compileExpression(first.operand)({ root: new Map(), variables: context.variables });
  if (!Array.isArray(list)) throw new StoreError(5858203, '$documents must evaluate to an array');
  return runStages(each(list), compileStages(rest), context);
}

async function* each(list: readonly Value[]): AsyncGenerator<Doc, void, void> {
  for (const item of list) {
    if (!isDoc(item)) throw new StoreError(40228, '$documents must hold objects');
    yield item;
  }
}

function batchSizeOf(command: Command): number {
  const cursor = command.doc('cursor');
  if (cursor === undefined)
    throw new StoreError(
      'FailedToParse',
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  const size = cursor.get('batchSize');
  return isNumeric(size) ? Number(toInteger(size) ?? 0n) : firstBatchDefault;
}
