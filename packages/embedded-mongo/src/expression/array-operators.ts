import { compareValues, valuesEqual } from '../bson/compare.ts';
import { toInteger, toNumber } from '../bson/number.ts';
import { isNumeric, typeName, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import type { Evaluate, Scope } from './compile-expression.ts';
import { isNullish, namedOperands, operandList, required, simple } from './operands.ts';
import type { CompileOperator } from './operators.ts';
import { isTruthy } from './truthy.ts';
import { reducers } from './reducers.ts';

const anyNumber = [0, Number.MAX_SAFE_INTEGER] as const;

export function arrayOf(name: string, value: Value): Value[] {
  if (Array.isArray(value)) return value;
  throw new StoreError(28689, `${name}'s argument must be an array, but is of type ${typeName(value)}`);
}

function position(name: string, value: Value): number {
  const whole = isNumeric(value) ? toInteger(value) : undefined;
  if (whole === undefined)
    throw new StoreError(28690, `${name}'s position must be a number, but is of type ${typeName(value)}`);
  return Number(whole);
}

/** `$sum` and its like over one array, or over their operands. */
function reducing(name: string, reduce: (values: readonly Value[]) => Value): CompileOperator {
  return (operand) => {
    const list = operandList(name, operand, anyNumber);
    const [only] = list;
    return (scope) => {
      const single = list.length === 1 ? only?.(scope) : undefined;
      const values = Array.isArray(single) ? single : list.map((evaluate) => evaluate(scope));
      return reduce(values.filter((value) => value !== undefined));
    };
  };
}

function bind(scope: Scope, name: string, value: Value): Scope {
  return { root: scope.root, variables: new Map(scope.variables).set(name, value) };
}

function variableName(as: Value | undefined): string {
  return typeof as === 'string' ? as : 'this';
}

function slice(list: Value | undefined, a: Value | undefined, b: Value | undefined): Value {
  if (isNullish(list) || isNullish(a)) return null;
  const array = arrayOf('$slice', list);
  const first = position('$slice', a);
  if (isNullish(b)) return first >= 0 ? array.slice(0, first) : array.slice(first);
  const count = position('$slice', b);
  if (count <= 0) throw new StoreError(28729, 'Third argument to $slice must be positive');
  const start = first < 0 ? Math.max(array.length + first, 0) : first;
  return array.slice(start, start + count);
}

function compileReduce(operand: Value): Evaluate {
  const {
    input,
    initialValue,
    in: body,
  } = namedOperands('$reduce', operand, ['input', 'initialValue', 'in']);
  const array = required('$reduce', input);
  const start = required('$reduce', initialValue);
  const evaluate = required('$reduce', body);
  return (scope) => {
    const items = array(scope);
    if (isNullish(items)) return null;
    return arrayOf('$reduce', items).reduce<Value>(
      (value, item) => evaluate(bind(bind(scope, 'value', value), 'this', item)) ?? null,
      start(scope) ?? null,
    );
  };
}

function range(from: Value | undefined, to: Value | undefined, by: Value | undefined): Value {
  const [start, end, step] = [from, to, by ?? 1].map((value) => position('$range', value ?? null));
  if (start === undefined || end === undefined || step === undefined || step === 0)
    throw new StoreError(34449, '$range requires a non-zero step value');
  const values: Value[] = [];
  for (let i = start; step > 0 ? i < end : i > end; i += step) values.push(i);
  return values;
}

function distinct(values: readonly Value[]): Value[] {
  const sorted = [...values].sort(compareValues);
  return sorted.filter((value, i) => i === 0 || !valuesEqual(value, sorted[i - 1]));
}

function setOperation(name: string, combineSets: (lists: Value[][]) => Value): CompileOperator {
  return simple(name, anyNumber, (...lists) => {
    if (lists.some(isNullish)) return null;
    return combineSets(lists.map((list) => arrayOf(name, list ?? null)));
  });
}

export const arrayOperators: Record<string, CompileOperator> = {
  $sum: reducing('$sum', reducers.sum),
  $avg: reducing('$avg', reducers.avg),
  $min: reducing('$min', reducers.min),
  $max: reducing('$max', reducers.max),
  $size: simple('$size', 1, (list) => {
    if (!Array.isArray(list))
      throw new StoreError(
        17124,
        `The argument to $size must be an array, but was of type: ${typeName(list)}`,
      );
    return list.length;
  }),
  $isArray: simple('$isArray', 1, (value) => Array.isArray(value)),
  $arrayElemAt: simple('$arrayElemAt', 2, (list, at) => {
    if (isNullish(list) || isNullish(at)) return null;
    return arrayOf('$arrayElemAt', list).at(position('$arrayElemAt', at));
  }),
  $first: simple('$first', 1, (list) => (isNullish(list) ? null : arrayOf('$first', list)[0])),
  $last: simple('$last', 1, (list) => (isNullish(list) ? null : arrayOf('$last', list).at(-1))),
  $in: simple('$in', 2, (value, list) => {
    if (!Array.isArray(list))
      throw new StoreError(40081, `$in requires an array as a second argument, found: ${typeName(list)}`);
    return list.some((item) => valuesEqual(item, value));
  }),
  $indexOfArray: simple('$indexOfArray', 2, (list, value) => {
    return isNullish(list)
      ? null
      : arrayOf('$indexOfArray', list).findIndex((item) => valuesEqual(item, value));
  }),
  $concatArrays: simple('$concatArrays', anyNumber, (...lists) => {
    return lists.some(isNullish) ? null : lists.flatMap((list) => arrayOf('$concatArrays', list ?? null));
  }),
  $reverseArray: simple('$reverseArray', 1, (list) =>
    isNullish(list) ? null : [...arrayOf('$reverseArray', list)].reverse(),
  ),
  $slice: simple('$slice', [2, 3], slice),
  $range: simple('$range', [2, 3], range),
  $setUnion: setOperation('$setUnion', (lists) => distinct(lists.flat())),
  $setIntersection: setOperation('$setIntersection', ([first = [], ...rest]) => {
    return distinct(
      first.filter((value) => rest.every((list) => list.some((item) => valuesEqual(item, value)))),
    );
  }),
  $setDifference: setOperation('$setDifference', ([first = [], second = []]) => {
    return distinct(first.filter((value) => !second.some((item) => valuesEqual(item, value))));
  }),
  $setIsSubset: setOperation('$setIsSubset', ([first = [], second = []]) => {
    return first.every((value) => second.some((item) => valuesEqual(item, value)));
  }),
  $filter: (operand) => {
    const { input, as, cond, limit } = namedOperands('$filter', operand, ['input', 'as', 'cond', 'limit']);
    const array = required('$filter', input);
    const test = required('$filter', cond);
    const most = limit === undefined ? undefined : required('$filter', limit);
    return (scope) => {
      const items = array(scope);
      if (isNullish(items)) return null;
      const kept = arrayOf('$filter', items).filter((item) =>
        isTruthy(test(bind(scope, variableName(as), item))),
      );
      const bound = most?.(scope);
      return isNumeric(bound) ? kept.slice(0, toNumber(bound)) : kept;
    };
  },
  $map: (operand) => {
    const { input, as, in: body } = namedOperands('$map', operand, ['input', 'as', 'in']);
    const array = required('$map', input);
    const evaluate = required('$map', body);
    return (scope) => {
      const items = array(scope);
      if (isNullish(items)) return null;
      return arrayOf('$map', items).map((item) => evaluate(bind(scope, variableName(as), item)) ?? null);
    };
  },
  $reduce: compileReduce,
  $anyElementTrue: simple('$anyElementTrue', 1, (list) =>
    arrayOf('$anyElementTrue', list ?? null).some(isTruthy),
  ),
  $allElementsTrue: simple('$allElementsTrue', 1, (list) =>
    arrayOf('$allElementsTrue', list ?? null).every(isTruthy),
  ),
};
