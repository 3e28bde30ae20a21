import { parsePipeline, type PipelineContext, runPipeline } from '../aggregation/pipeline.ts';
import { toInteger } from '../bson/number.ts';
import { isNumeric } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import type { Command, CommandDefinition } from './command.ts';
import { cursorReply, firstBatchDefault } from './cursor-reply.ts';
import { hintOf } from './find.ts';

export const aggregate: CommandDefinition = {
  fields: ['pipeline', 'cursor', 'allowDiskUse', 'bypassDocumentValidation', 'hint', 'let'],
  run: async ({ store }, command) => {
    const specs = parsePipeline(command.array('pipeline'));
    const { ns } = command.namespace();
    const context: PipelineContext = {
      store,
      database: command.database,
      variables: command.variables(),
      pace: command.pace(),
    };
    const batch = await store.cursors.open({
      ns,
      results: runPipeline({ ns, hint: hintOf(command.get('hint')) }, specs, context),
      pace: context.pace,
      batchSize: batchSizeOf(command),
    });
    return cursorReply(ns, batch, 'firstBatch');
  },
};

function batchSizeOf(command: Command): number {
  const cursor = command.doc('cursor');
  if (cursor === undefined) throw new StoreError('FailedToParse', "The 'cursor' option is required");
  const size = cursor.get('batchSize');
  return isNumeric(size) ? Number(toInteger(size) ?? 0n) : firstBatchDefault;
}
