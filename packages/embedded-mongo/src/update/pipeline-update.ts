import { type Doc, isDoc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import type { Variables } from '../expression/compile-expression.ts';
import { compileDocumentStage } from '../aggregation/document-stages.ts';

const allowed = new Set(['$set', '$addFields', '$unset', '$project', '$replaceWith', '$replaceRoot']);

/** An update by aggregation stages; the _id is carried over where a stage leaves it out. */
export function compilePipelineUpdate(
  stages: readonly Value[],
  variables: Variables = new Map(),
): (doc: Doc) => Doc {
  const compiled = stages.map((stage) => {
    const [entry] = isDoc(stage) && stage.size === 1 ? stage : [];
    if (entry === undefined)
      throw new StoreError(40323, 'A pipeline stage specification object must contain exactly one field.');
    const [name, operand] = entry;
    if (!allowed.has(name))
      throw new StoreError('InvalidOptions', `${name} is not allowed to be used within an update`);
    return compileDocumentStage(name, operand);
  });
  return (doc) => {
    const id = doc.get('_id');
    const next = compiled.reduce<Doc>((current, stage) => stage(current, variables), doc);
    if (id === undefined || next.has('_id')) return next;
    return new Map([['_id', id], ...next]);
  };
}
