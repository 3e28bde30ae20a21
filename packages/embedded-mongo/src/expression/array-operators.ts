import { valuesEqual } from '../bson/compare.ts';
import { toInteger } from '../bson/number.ts';
import { typeName } from '../bson/type.ts';
import { isNumeric, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import type { Evaluate, Scope } from './compile-expression.ts';
import { anyNumber, isNullish, namedOperands, required, simple } from './operands.ts';
import type { CompileOperator } from './operators.ts';
import { isTruthy } from './truthy.ts';

function arrayOf(name: string, value: Value): Value[] {
  if (Array.isArray(value)) return value;
  throw new StoreError(28689, `${name}'s argument must be an array, but is of type ${typeName(value)}`);
}

function position(name: string, value: Value): number {
  const whole = isNumeric(value) ? toInteger(value) : undefined;
  if (whole === undefined)
    throw new StoreError(28690, `${name}'s position must be a number, but is of type ${typeName(value)}`);
  return Number(whole);
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

/** `$filter` and `$map`: `inside` is evaluated with each element as the variable that `as` names. */
function overElements(
  name: string,
  operands: { input?: Value; as?: Value; inside: Value | undefined },
  collect: (items: readonly Value[], evaluate: (item: Value) => Value | undefined) => Value[],
): Evaluate {
  const array = required(name, operands.input);
  const evaluate = required(name, operands.inside);
  const variable = typeof operands.as === 'string' ? operands.as : 'this';
  return (scope: Scope) => {
    const items = array(scope);
    if (isNullish(items)) return null;
    return collect(arrayOf(name, items), (item) =>
      evaluate({ root: scope.root, variables: new Map(scope.variables).set(variable, item) }),
    );
  };
}

export const arrayOperators: Record<string, CompileOperator> = {
  $size: simple('$size', 1, (list) => {
    if (Array.isArray(list)) return list.length;
    throw new StoreError(17124, `The argument to $size must be an array, but was of type: ${typeName(list)}`);
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
  $concatArrays: simple('$concatArrays', anyNumber, (...lists) => {
    return lists.some(isNullish) ? null : lists.flatMap((list) => arrayOf('$concatArrays', list ?? null));
  }),
  $slice: simple('$slice', [2, 3], slice),
  $filter: (operand) => {
    const { cond: inside, ...rest } = namedOperands('$filter', operand, ['input', 'as', 'cond']);
    return overElements('$filter', { ...rest, inside }, (items, test) =>
      items.filter((item) => isTruthy(test(item))),
    );
  },
  $map: (operand) => {
    const { in: inside, ...rest } = namedOperands('$map', operand, ['input', 'as', 'in']);
    return overElements('$map', { ...rest, inside }, (items, of) => items.map((item) => of(item) ?? null));
  },
};
