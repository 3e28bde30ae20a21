import type { Doc, Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import type { Variables } from '../expression/compile-expression.ts';
import { compileDocumentStage, documentStageNames } from '../aggregation/document-stages.ts';
import { stageEntry } from '../aggregation/pipeline.ts';

/** An update by aggregation stages; the _id is carried over where a stage leaves it out. */
export function compilePipelineUpdate(
  stages: readonly Value[],
  variables: Variables = new Map(),
): (doc: Doc) => Doc {
  const compiled = stages.map((stage) => {
    const [given, operand] = stageEntry(stage);
    const name = documentStageNames.find((allowed) => allowed === given);
    if (name === undefined)
      throw new StoreError('InvalidOptions', `${given} is not allowed to be used within an update`);
    return compileDocumentStage(name, operand);
  });
  return (doc) => {
    const id = doc.get('_id');
    const next = compiled.reduce<Doc>((current, stage) => stage(current, variables), doc);
    if (id === undefined || next.has('_id')) return next;
    return new Map([['_id', id], ...next]);
  };
}
