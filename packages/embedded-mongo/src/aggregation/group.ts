import { encodeComponent } from '../bson/key.ts';
import { isDoc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { compileExpression, type Evaluate, type Scope } from '../expression/compile-expression.ts';
import { MemoryMeter } from '../query/memory-meter.ts';
import { type Accumulator, accumulators } from './accumulators.ts';
import { approximateBytes } from './document-size.ts';
import type { Documents, Stage } from './pipeline.ts';

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
  const make = accumulators.get(operator);
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
      if (pace.step()) await pace.rest();
    }
    for (const { id: value, folds } of groups.values()) {
      if (pace.step()) await pace.rest();
      yield new Map([
        ['_id', value],
        ...fields.map((field, i): [string, Value] => [field.name, folds[i]?.result() ?? null]),
      ]);
    }
  };
}
