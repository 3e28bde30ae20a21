import { toNumber } from '../bson/number.ts';
import { splitPath } from '../bson/path.ts';
import { typeName } from '../bson/type.ts';
import { docOf, isDoc, isNumeric, type Doc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { compileFilter } from '../query/compile-filter.ts';
import { compareSortValues, parseSort, sortValues } from '../query/sort-spec.ts';
import { TopSorter } from '../query/top-sorter.ts';
import { assign, compileDocumentStage, documentStageNames } from './document-stages.ts';
import { approximateBytes } from './document-size.ts';
import { compileGroup } from './group.ts';
import { compileLookup } from './lookup.ts';
import type { Documents, Stage } from './pipeline.ts';

type CompileStage = (operand: Value) => Stage;

function mapping(name: Parameters<typeof compileDocumentStage>[0]): CompileStage {
  return (operand) => {
    const apply = compileDocumentStage(name, operand);
    return async function* (input, { variables, pace }): Documents {
      for await (const doc of input) {
        if (pace.step()) await pace.rest();
        yield apply(doc, variables);
      }
    };
  };
}

/** Every stage by name; what is not here is refused. */
export const stageCompilers: ReadonlyMap<string, CompileStage> = new Map([
  ...documentStageNames.map((name) => [name, mapping(name)] as const),
  ['$match', compileMatch],
  ['$group', compileGroup],
  ['$sort', compileSort],
  ['$limit', compileLimit],
  ['$skip', compileSkip],
  ['$unwind', compileUnwind],
  ['$count', compileCount],
  ['$sortByCount', compileSortByCount],
  ['$lookup', compileLookup],
]);

function compileSortByCount(operand: Value): Stage {
  const group = compileGroup(docOf({ _id: operand, count: docOf({ $sum: 1 }) }));
  const sort = compileSort(docOf({ count: -1 }));
  return (input, context) => sort(group(input, context), context);
}

function compileMatch(operand: Value): Stage {
  if (!isDoc(operand)) throw new StoreError(15959, 'the match filter must be an expression in an object');
  return async function* (input, { variables, pace }): Documents {
    const match = compileFilter(operand, { variables });
    for await (const doc of input) {
      if (pace.step()) await pace.rest();
      if (match(doc)) yield doc;
    }
  };
}

function compileSort(operand: Value): Stage {
  const sort = parseSort(operand);
  if (sort.length === 0) throw new StoreError(15976, '$sort stage must have at least one sort key');
  return async function* (input, { pace }): Documents {
    const sorter = new TopSorter<SortedDocument>({
      compare: (a, b) => compareSortValues(a.key, b.key, sort),
      limit: Infinity,
      pace,
    });
    for await (const doc of input) {
      const merged = sorter.add({ key: sortValues(doc, sort), bytes: approximateBytes(doc), doc });
      if (merged !== undefined) await merged;
    }
    for (const { doc } of await sorter.sorted()) {
      if (pace.step()) await pace.rest();
      yield doc;
    }
  };
}

interface SortedDocument {
  readonly key: ReturnType<typeof sortValues>;
  readonly bytes: number;
  readonly doc: Doc;
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

/** As MongoDB does it: a group of everything, then the count alone. */
function compileCount(operand: Value): Stage {
  if (typeof operand !== 'string' || operand === '' || operand.startsWith('$') || operand.includes('.')) {
    throw new StoreError(40156, 'the count field must be a non-empty string without $ and dots');
  }
  const group = compileGroup(docOf({ _id: null, [operand]: docOf({ $sum: 1 }) }));
  const project = mapping('$unset')('_id');
  return (input, context) => project(group(input, context), context);
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
  return async function* (input, { pace }): Documents {
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
        for (const [i, item] of value.entries()) {
          if (pace.step()) await pace.rest();
          yield give(assign(doc, parts, item), BigInt(i));
        }
      }
    }
  };
}
