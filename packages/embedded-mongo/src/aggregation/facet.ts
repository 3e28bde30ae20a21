import { type Doc, isDoc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { MemoryMeter } from '../query/top-sorter.ts';
import { approximateBytes } from './document-size.ts';
import { compileStages, type Documents, parsePipeline, runStages, type Stage } from './pipeline.ts';

/** Every pipeline sees all documents, which are therefore held in memory, bounded. */
export function compileFacet(operand: Value): Stage {
  if (!isDoc(operand) || operand.size === 0)
    throw new StoreError(40169, 'the $facet specification must be a non-empty object');
  const facets = [...operand].map(([name, pipeline]) => {
    if (!Array.isArray(pipeline))
      throw new StoreError(40170, `arguments to $facet must be arrays, ${name} is not`);
    const specs = parsePipeline(pipeline);
    if (specs.some((spec) => ['$facet', '$out', '$merge'].includes(spec.name)))
      throw new StoreError(40600, 'stage is not allowed to be used within a $facet stage');
    return { name, stages: compileStages(specs) };
  });
  return async function* (input, context): Documents {
    const meter = new MemoryMeter();
    const documents: Doc[] = [];
    for await (const doc of input) {
      meter.add(approximateBytes(doc));
      documents.push(doc);
    }
    const result: Doc = new Map();
    for (const { name, stages } of facets) {
      const found: Value[] = [];
      for await (const doc of runStages(replay(documents), stages, context)) {
        meter.add(approximateBytes(doc));
        found.push(doc);
      }
      result.set(name, found);
    }
    yield result;
  };
}

async function* replay(documents: readonly Doc[]): Documents {
  yield* documents;
}
