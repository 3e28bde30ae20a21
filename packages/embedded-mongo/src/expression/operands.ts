import { isDoc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { compileExpression, type Evaluate } from './compile-expression.ts';

/** How many operands: any. */
export const anyNumber = [0, Number.MAX_SAFE_INTEGER] as const;

/** The compiled operands of an operator that takes `min` to `max`; a single one may stand without an array. */
export function operandList(name: string, operand: Value, [min, max]: readonly [number, number]): Evaluate[] {
  const list = Array.isArray(operand) ? operand : [operand];
  if (list.length < min || list.length > max) {
    const wanted = min === max ? `exactly ${min}` : `at least ${min} and at most ${max}`;
    throw new StoreError(
      16020,
      `Expression ${name} takes ${wanted} arguments. ${list.length} were passed in.`,
    );
  }
  return list.map(compileExpression);
}

/** An operator of `arity` operands whose value depends on nothing else. */
export function simple(
  name: string,
  arity: number | readonly [number, number],
  apply: (...values: (Value | undefined)[]) => Value | undefined,
): (operand: Value) => Evaluate {
  return (operand) => {
    const list = operandList(name, operand, typeof arity === 'number' ? [arity, arity] : arity);
    return (scope) => apply(...list.map((evaluate) => evaluate(scope)));
  };
}

/** Named operands, `{input: …, as: …}`; an unknown name is refused. */
export function namedOperands<T extends string>(
  name: string,
  operand: Value,
  names: readonly T[],
): Partial<Record<T, Value>> {
  if (!isDoc(operand))
    throw new StoreError('FailedToParse', `${name} only supports an object as its argument`);
  for (const key of operand.keys()) {
    if (!names.some((known) => known === key))
      throw new StoreError('FailedToParse', `Unrecognized argument to ${name}: ${key}`);
  }
  return Object.fromEntries(operand) as Partial<Record<T, Value>>;
}

export function required(name: string, operand: Value | undefined): Evaluate {
  if (operand === undefined) throw new StoreError('FailedToParse', `Missing a required parameter to ${name}`);
  return compileExpression(operand);
}

export function isNullish(value: Value | undefined): value is null | undefined {
  return value === null || value === undefined;
}
