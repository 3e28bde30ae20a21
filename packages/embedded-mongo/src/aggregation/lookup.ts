import { splitPath, visitLeaves } from '../bson/path.ts';
import { BSONRegExp, type Doc, docOf, isDoc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { MemoryMeter } from '../query/memory-meter.ts';
import { approximateBytes } from './document-size.ts';
import { assign } from './document-stages.ts';
import { type Documents, readSource, type Stage } from './pipeline.ts';

const names = ['from', 'localField', 'foreignField', 'as'] as const;

/** Joins by equality of two fields, one indexed query a document. */
export function compileLookup(operand: Value): Stage {
  const { from, localField, foreignField, as } = fieldsOf(operand);
  const local = splitPath(localField);
  const target = splitPath(as);
  return async function* (input, context): Documents {
    const ns = `${context.database}.${from}`;
    for await (const doc of input) {
      const found: Value[] = [];
      const meter = new MemoryMeter();
      const filter = equalityFilter(foreignField, localValues(doc, local));
      for await (const foreign of readSource({ ns, filter, sort: [], limit: Infinity }, context)) {
        meter.add(approximateBytes(foreign));
        found.push(foreign);
      }
      yield assign(doc, target, found);
    }
  };
}

function fieldsOf(operand: Value): Record<(typeof names)[number], string> {
  if (!isDoc(operand)) throw new StoreError('FailedToParse', 'the $lookup specification must be an Object');
  for (const name of operand.keys()) {
    if (!names.some((known) => known === name))
      throw new StoreError('FailedToParse', `unknown argument to $lookup: ${name}`);
  }
  const text = (name: (typeof names)[number]): string => {
    const value = operand.get(name);
    if (typeof value === 'string') return value;
    throw new StoreError('FailedToParse', `$lookup argument '${name}' must be a string`);
  };
  return {
    from: text('from'),
    localField: text('localField'),
    foreignField: text('foreignField'),
    as: text('as'),
  };
}

/** A local array matches any of its elements; a missing local field is null. */
function localValues(doc: Doc, path: readonly string[]): Value[] {
  const values: Value[] = [];
  visitLeaves(doc, path, (value) => {
    if (!Array.isArray(value)) values.push(value ?? null);
    return false;
  });
  return values;
}

/** In an `$in` a regex would match as a pattern. */
function equalityFilter(foreignField: string, values: Value[]): Doc {
  if (!values.some((value) => value instanceof BSONRegExp))
    return docOf({ [foreignField]: docOf({ $in: values }) });
  return docOf({ $or: values.map((value) => docOf({ [foreignField]: docOf({ $eq: value }) })) });
}
