import { compareValues, valuesEqual } from '../bson/compare.ts';
import { toInteger, toNumber } from '../bson/number.ts';
import { typeName } from '../bson/type.ts';
import { BSONRegExp, isDoc, isNumeric, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { compileFilter, isOperatorDoc } from '../query/compile-filter.ts';
import { compareSortValues, parseSort, sortValues } from '../query/sort-spec.ts';
import { formatValue } from '../bson/format-value.ts';
import type { Modifier } from './modifiers.ts';
import { unchanged } from './update-path.ts';

function mustBeArray(name: string, path: string, old: Value): Value[] {
  if (Array.isArray(old)) return old;
  throw new StoreError(
    'BadValue',
    `The field '${path}' must be an array but is of type ${typeName(old)} in document (${name})`,
  );
}

interface PushSpec {
  readonly items: readonly Value[];
  readonly position: number | undefined;
  readonly slice: number | undefined;
  readonly sort: ((a: Value, b: Value) => number) | undefined;
}

function parsePush(operand: Value): PushSpec {
  if (!isDoc(operand) || !operand.has('$each'))
    return { items: [operand], position: undefined, slice: undefined, sort: undefined };
  const each = operand.get('$each');
  if (!Array.isArray(each))
    throw new StoreError(
      'BadValue',
      `The argument to $each in $push must be an array but it was of type: ${typeName(each)}`,
    );
  for (const name of operand.keys()) {
    if (!['$each', '$position', '$slice', '$sort'].includes(name))
      throw new StoreError('BadValue', `Unrecognized clause in $push: ${name}`);
  }
  return {
    items: each,
    position: integer('$position', operand.get('$position')),
    slice: integer('$slice', operand.get('$slice')),
    sort: pushSort(operand.get('$sort')),
  };
}

function integer(name: string, value: Value | undefined): number | undefined {
  if (value === undefined) return undefined;
  const whole = isNumeric(value) ? toInteger(value) : undefined;
  if (whole === undefined || !isNumeric(value) || Number(whole) !== toNumber(value)) {
    throw new StoreError(
      'BadValue',
      `The value for ${name} must be an integer value but was given type: ${typeName(value)}`,
    );
  }
  return Number(whole);
}

function pushSort(spec: Value | undefined): PushSpec['sort'] {
  if (spec === undefined) return undefined;
  if (isNumeric(spec)) {
    const direction = toNumber(spec);
    if (direction !== 1 && direction !== -1)
      throw new StoreError('BadValue', 'The $sort element value must be either 1 or -1');
    return (a, b) => compareValues(a, b) * direction;
  }
  const keys = parseSort(spec);
  const values = (item: Value): readonly (Value | undefined)[] =>
    sortValues(isDoc(item) ? item : new Map<string, Value>(), keys);
  return (a, b) => compareSortValues(values(a), values(b), keys);
}

const push: Modifier = {
  creates: true,
  compile: (operand, path) => {
    const { items, position, slice, sort } = parsePush(operand);
    return (old) => {
      const list = [...(old === undefined ? [] : mustBeArray('$push', path, old))];
      const at =
        position === undefined ? list.length : position < 0 ? Math.max(0, list.length + position) : position;
      list.splice(at, 0, ...items);
      if (sort !== undefined) list.sort(sort);
      if (slice === undefined) return list;
      return slice >= 0 ? list.slice(0, slice) : list.slice(slice);
    };
  },
};

const addToSet: Modifier = {
  creates: true,
  compile: (operand, path) => {
    const each = isDoc(operand) && operand.has('$each') ? operand.get('$each') : [operand];
    if (!Array.isArray(each))
      throw new StoreError(
        'TypeMismatch',
        `The argument to $each in $addToSet must be an array but it was of type ${typeName(each)}`,
      );
    return (old) => {
      const list = [...(old === undefined ? [] : mustBeArray('$addToSet', path, old))];
      const before = list.length;
      for (const item of each) if (!list.some((member) => valuesEqual(member, item))) list.push(item);
      return old !== undefined && list.length === before ? unchanged : list;
    };
  },
};

function keep(name: string, accept: (operand: Value) => (item: Value) => boolean): Modifier {
  return {
    creates: false,
    compile: (operand, path) => {
      const removes = accept(operand);
      return (old) => {
        if (old === undefined) return unchanged;
        const list = mustBeArray(name, path, old);
        const kept = list.filter((item) => !removes(item));
        return kept.length === list.length ? unchanged : kept;
      };
    },
  };
}

/** A document's fields match the elements' own; operators and regexes match the elements; else equality. */
function pullTest(operand: Value): (item: Value) => boolean {
  if (isOperatorDoc(operand) || operand instanceof BSONRegExp) {
    const match = compileFilter(new Map([['item', operand]]));
    return (item) => match(new Map([['item', item]]));
  }
  if (!isDoc(operand)) return (item) => valuesEqual(item, operand);
  const match = compileFilter(operand);
  return (item) => isDoc(item) && match(item);
}

function pullAllTest(operand: Value): (item: Value) => boolean {
  if (!Array.isArray(operand))
    throw new StoreError(
      'BadValue',
      `$pullAll requires an array argument but was given a ${typeName(operand)}`,
    );
  return (item) => operand.some((value) => valuesEqual(value, item));
}

const pop: Modifier = {
  creates: false,
  compile: (operand, path) => {
    const end = integer('$pop', operand);
    if (end !== 1 && end !== -1)
      throw new StoreError('FailedToParse', `$pop expects 1 or -1, found: ${formatValue(operand)}`);
    return (old) => {
      if (old === undefined) return unchanged;
      if (!Array.isArray(old))
        throw new StoreError(
          'TypeMismatch',
          `Path '${path}' contains an element of non-array type '${typeName(old)}'`,
        );
      if (old.length === 0) return unchanged;
      return end === 1 ? old.slice(0, -1) : old.slice(1);
    };
  },
};

export const arrayModifiers: Record<string, Modifier> = {
  $push: push,
  $addToSet: addToSet,
  $pull: keep('$pull', pullTest),
  $pullAll: keep('$pullAll', pullAllTest),
  $pop: pop,
};
