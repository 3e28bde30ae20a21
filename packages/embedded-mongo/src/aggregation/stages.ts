import { toNumber } from '../bson/number.ts';
import { splitPath } from '../bson/path.ts';
import { docOf, isDoc, isNumeric, typeName, type Doc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { compileFilter } from '../query/compile-filter.ts';
import { parseSort, sortValues } from '../query/sort-spec.ts';
import { MemoryMeter, TopSorter } from '../query/top-sorter.ts';
import { assign, compileDocumentStage } from './document-stages.ts';
import { approximateBytes } from './document-size.ts';
import { compileFacet } from './facet.ts';
import { compileGroup } from './group.ts';
import { compileLookup } from './lookup.ts';
import type { Documents, Stage } from './pipeline.ts';

type CompileStage = (operand: Value) => Stage;

function mapping(name: string): CompileStage {
  return (operand) => {
    const apply = compileDocumentStage(name, operand);
    return async function* (input, { variables, pace }): Documents {
      for await (const doc of input) {
        const rest = pace.step();
        if (rest !== undefined) await rest;
        yield apply(doc, variables);
      }
    };
  };
}

/** Every stage that a pipeline may hold anywhere. */
export const stageCompilers: Record<string, CompileStage | undefined> = {
  $match: compileMatch,
  $set: mapping('$set'),
  $addFields: mapping('$addFields'),
  $unset: mapping('$unset'),
  $project: mapping('$project'),
  $replaceWith: mapping('$replaceWith'),
  $replaceRoot: mapping('$replaceRoot'),
  $group: compileGroup,
  $sort: compileSort,
  $limit: compileLimit,
  $skip: compileSkip,
  $unwind: compileUnwind,
  $count: compileCount,
  $sortByCount: (operand) => {
    const group = compileGroup(docOf({ _id: operand, count: docOf({ $sum: 1 }) }));
    const sort = compileSort(docOf({ count: -1 }));
    return (input, context) => sort(group(input, context), context);
  },
  $lookup: compileLookup,
  $facet: compileFacet,
};

function compileMatch(operand: Value): Stage {
  if (!isDoc(operand)) throw new StoreError(15959, 'the match filter must be an expression in an object');
  return async function* (input, { variables, pace }): Documents {
    const match = compileFilter(operand, { variables });
    for await (const doc of input) {
      const rest = pace.step();
      if (rest !== undefined) await rest;
      if (match(doc)) yield doc;
    }
  };
}

function compileSort(operand: Value): Stage {
  const sort = parseSort(operand);
  if (sort.length === 0) throw new StoreError(15976, '$sort stage must have at least one sort key');
  return async function* (input): Documents {
    const sorter = new TopSorter<{ key: ReturnType<typeof sortValues>; bytes: number; doc: Doc }>(
      sort,
      Infinity,
      new MemoryMeter(),
    );
    for await (const doc of input)
      sorter.add({ key: sortValues(doc, sort), bytes: approximateBytes(doc), doc });
    for (const { doc } of sorter.sorted()) yield doc;
  };
}

function wholeNumber(name: string, operand: Value, code: number): number {
  const number = isNumeric(operand) ? toNumber(operand) : Number.NaN;
  if (!Number.isInteger(number) || number < 0)
    throw new StoreError(
      code,
      `invalid argument to ${name} stage: Expected a non-negative number in: ${name}`,
    );
  return number;
}

function compileLimit(operand: Value): Stage {
  const limit = wholeNumber('$limit', operand, 5107201);
  if (limit === 0) throw new StoreError(15958, 'the limit must be positive');
  return async function* (input): Documents {
    let given = 0;
    for await (const doc of input) {
      yield doc;
      if (++given === limit) return;
    }
  };
}

function compileSkip(operand: Value): Stage {
  const skip = wholeNumber('$skip', operand, 5107200);
  return async function* (input): Documents {
    let passed = 0;
    for await (const doc of input) if (passed++ >= skip) yield doc;
  };
}

function compileCount(operand: Value): Stage {
  if (typeof operand !== 'string' || operand === '' || operand.startsWith('$') || operand.includes('.')) {
    throw new StoreError(40156, 'the count field must be a non-empty string without $ and dots');
  }
  return async function* (input, { pace }): Documents {
    let count = 0;
    for await (const doc of input) {
      if (isDoc(doc)) count++;
      const rest = pace.step();
      if (rest !== undefined) await rest;
    }
    if (count > 0) yield docOf({ [operand]: count });
  };
}

function compileUnwind(operand: Value): Stage {
  const path = isDoc(operand) ? operand.get('path') : operand;
  if (typeof path !== 'string' || !path.startsWith('$') || path.length < 2) {
    throw new StoreError(
      28818,
      `path option to $unwind stage should be prefixed with a '$': ${typeName(path)}`,
    );
  }
  const options = isDoc(operand) ? operand : new Map<string, Value>();
  for (const name of options.keys()) {
    if (!['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'].includes(name))
      throw new StoreError(28811, `unrecognized option to $unwind stage: ${name}`);
  }
  const index = options.get('includeArrayIndex');
  const indexParts = typeof index === 'string' ? splitPath(index) : undefined;
  const preserve = options.get('preserveNullAndEmptyArrays') === true;
  const parts = splitPath(path.slice(1));
  const give = (doc: Doc, position: bigint | null): Doc =>
    indexParts === undefined ? doc : assign(doc, indexParts, position);
  return async function* (input): Documents {
    for await (const doc of input) {
      const value = parts.reduce<Value | undefined>(
        (at, part) => (isDoc(at) ? at.get(part) : undefined),
        doc,
      );
      if (!Array.isArray(value)) {
        if (preserve || (value !== undefined && value !== null)) yield give(doc, null);
      } else if (value.length === 0) {
        if (preserve) yield give(assign(doc, parts, undefined), null);
      } else {
        for (const [i, item] of value.entries()) yield give(assign(doc, parts, item), BigInt(i));
      }
    }
  };
}
