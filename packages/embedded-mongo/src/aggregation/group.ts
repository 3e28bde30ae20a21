import { compareValues } from '../bson/compare.ts';
import { encodeComponent } from '../bson/key.ts';
import { type Doc, isDoc, isNumeric, type Numeric, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { compileExpression, type Evaluate, type Scope } from '../expression/compile-expression.ts';
import { add, average } from '../expression/reducers.ts';
import { MemoryMeter } from '../query/top-sorter.ts';
import { approximateBytes } from './document-size.ts';
import type { Documents, Stage } from './pipeline.ts';

/** Folds the values of one group; `add` answers by how many bytes it grew. */
interface Accumulator {
  readonly add: (value: Value | undefined) => number;
  readonly result: () => Value;
}

function sum(): Accumulator {
  let total: Numeric = 0;
  return {
    add: (value) => {
      if (isNumeric(value)) total = add(total, value);
      return 0;
    },
    result: () => total,
  };
}

function avg(): Accumulator {
  let total: Numeric = 0;
  let count = 0;
  return {
    add: (value) => {
      if (isNumeric(value)) {
        total = add(total, value);
        count++;
      }
      return 0;
    },
    result: () => average(total, count),
  };
}

/** Keeps one of the values; `replaces` decides. Nulls count for $first and $last alone. */
function keeping(
  replaces: (value: Value | undefined, kept: Value | undefined, isFirst: boolean) => boolean,
): () => Accumulator {
  return () => {
    let kept: Value | undefined;
    let isFirst = true;
    return {
      add: (value) => {
        if (!replaces(value, kept, isFirst)) return 0;
        const grown = approximateBytes(value ?? null) - approximateBytes(kept ?? null);
        kept = value;
        isFirst = false;
        return grown;
      },
      result: () => kept ?? null,
    };
  };
}

function push(): Accumulator {
  const values: Value[] = [];
  return {
    add: (value) => {
      if (value === undefined) return 0;
      values.push(value);
      return approximateBytes(value);
    },
    result: () => values,
  };
}

function addToSet(): Accumulator {
  const values = new Map<string, Value>();
  return {
    add: (value) => {
      if (value === undefined) return 0;
      const key = encodeComponent(value).bytes.toString('latin1');
      if (values.has(key)) return 0;
      values.set(key, value);
      return approximateBytes(value) + key.length;
    },
    result: () => [...values.values()],
  };
}

function mergeObjects(): Accumulator {
  const merged: Doc = new Map();
  return {
    add: (value) => {
      if (!isDoc(value)) return 0;
      for (const [name, item] of value) merged.set(name, item);
      return approximateBytes(value);
    },
    result: () => merged,
  };
}

const present = (value: Value | undefined): value is Value => value !== undefined && value !== null;

const accumulators: Record<string, (() => Accumulator) | undefined> = {
  $sum: sum,
  $avg: avg,
  $min: keeping((value, kept, isFirst) => present(value) && (isFirst || compareValues(value, kept) < 0)),
  $max: keeping((value, kept, isFirst) => present(value) && (isFirst || compareValues(value, kept) > 0)),
  $first: keeping((_value, _kept, isFirst) => isFirst),
  $last: keeping(() => true),
  $push: push,
  $addToSet: addToSet,
  $mergeObjects: mergeObjects,
  $count: sum,
};

interface Field {
  readonly name: string;
  readonly make: () => Accumulator;
  readonly evaluate: Evaluate;
}

function compileField(name: string, spec: Value): Field {
  if (name.includes('.')) throw new StoreError(40235, `The field name '${name}' cannot contain '.'`);
  const [entry] = isDoc(spec) && spec.size === 1 ? spec : [];
  if (entry === undefined) throw new StoreError(40234, `The field '${name}' must be an accumulator object`);
  const [operator, operand] = entry;
  const make = accumulators[operator];
  if (make === undefined) throw new StoreError(15952, `unknown group operator '${operator}'`);
  return { name, make, evaluate: operator === '$count' ? () => 1 : compileExpression(operand) };
}

export function compileGroup(operand: Value): Stage {
  if (!isDoc(operand)) throw new StoreError(15947, "a group's fields must be specified in an object");
  const id = operand.get('_id');
  if (id === undefined) throw new StoreError(15955, 'a group specification must include an _id');
  const idOf = compileExpression(id);
  const fields = [...operand]
    .filter(([name]) => name !== '_id')
    .map(([name, spec]) => compileField(name, spec));
  return async function* (input, { variables, pace }): Documents {
    const groups = new Map<string, { id: Value; folds: Accumulator[] }>();
    const meter = new MemoryMeter();
    for await (const doc of input) {
      const scope: Scope = { root: doc, variables };
      const value = idOf(scope) ?? null;
      const key = encodeComponent(value).bytes.toString('latin1');
      let group = groups.get(key);
      if (group === undefined) {
        group = { id: value, folds: fields.map((field) => field.make()) };
        groups.set(key, group);
        meter.add(approximateBytes(value) + key.length + 128 * (fields.length + 1));
      }
      const { folds } = group;
      fields.forEach((field, i) => {
        meter.add(folds[i]?.add(field.evaluate(scope)) ?? 0);
      });
      const rest = pace.step();
      if (rest !== undefined) await rest;
    }
    for (const { id: value, folds } of groups.values()) {
      yield new Map([
        ['_id', value],
        ...fields.map((field, i): [string, Value] => [field.name, folds[i]?.result() ?? null]),
      ]);
    }
  };
}
