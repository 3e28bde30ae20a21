import { compareValues, valuesEqual } from '../bson/compare.ts';
import { typeName } from '../bson/type.ts';
import { isDoc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { compileExpression, type Evaluate, type Variables } from './compile-expression.ts';
import { anyNumber, isNullish, namedOperands, operandList, required, simple } from './operands.ts';
import type { CompileOperator } from './operators.ts';
import { isTruthy } from './truthy.ts';

function comparison(name: string, accept: (order: number) => boolean): CompileOperator {
  return simple(name, 2, (a, b) => accept(compareValues(a, b)));
}

function text(value: Value | undefined): string {
  if (typeof value === 'string') return value;
  throw new StoreError(16702, `$concat only supports strings, not ${typeName(value)}`);
}

/** Comparison, logic, conditions, literals, variables, types and text. */
export const valueOperators: Record<string, CompileOperator> = {
  $eq: simple('$eq', 2, (a, b) => valuesEqual(a, b)),
  $ne: simple('$ne', 2, (a, b) => !valuesEqual(a, b)),
  $gt: comparison('$gt', (order) => order > 0),
  $gte: comparison('$gte', (order) => order >= 0),
  $lt: comparison('$lt', (order) => order < 0),
  $lte: comparison('$lte', (order) => order <= 0),
  $cmp: simple('$cmp', 2, (a, b) => Math.sign(compareValues(a, b))),
  $and: (operand) => {
    const all = operandList('$and', operand, anyNumber);
    return (scope) => all.every((each) => isTruthy(each(scope)));
  },
  $or: (operand) => {
    const any = operandList('$or', operand, anyNumber);
    return (scope) => any.some((each) => isTruthy(each(scope)));
  },
  $not: simple('$not', 1, (value) => !isTruthy(value)),
  $literal: (operand) => () => operand,
  $type: simple('$type', 1, (value) => typeName(value)),
  $ifNull: (operand) => {
    const list = operandList('$ifNull', operand, [2, Number.MAX_SAFE_INTEGER]);
    return (scope) => {
      let last: Value | undefined;
      for (const evaluate of list) {
        last = evaluate(scope);
        if (!isNullish(last)) return last;
      }
      return last;
    };
  },
  $cond: compileCond,
  $switch: compileSwitch,
  $let: compileLet,
  $concat: simple('$concat', anyNumber, (...values) => {
    return values.some(isNullish) ? null : values.map(text).join('');
  }),
};

function compileCond(operand: Value): Evaluate {
  const named = isDoc(operand) ? namedOperands('$cond', operand, ['if', 'then', 'else']) : undefined;
  const [test, yes, no] =
    named === undefined
      ? operandList('$cond', operand, [3, 3])
      : [required('$cond', named.if), required('$cond', named.then), required('$cond', named.else)];
  if (test === undefined || yes === undefined || no === undefined)
    throw new StoreError(16020, '$cond takes 3 arguments');
  return (scope) => (isTruthy(test(scope)) ? yes(scope) : no(scope));
}

function compileSwitch(operand: Value): Evaluate {
  const { branches, default: fallback } = namedOperands('$switch', operand, ['branches', 'default']);
  if (!Array.isArray(branches) || branches.length === 0)
    throw new StoreError(40068, '$switch requires at least one branch');
  const compiled = branches.map((branch) => {
    const { case: test, then } = namedOperands('$switch', branch, ['case', 'then']);
    return { test: required('$switch', test), then: required('$switch', then) };
  });
  const otherwise = fallback === undefined ? undefined : compileExpression(fallback);
  return (scope) => {
    const branch = compiled.find(({ test }) => isTruthy(test(scope)));
    if (branch !== undefined) return branch.then(scope);
    if (otherwise === undefined)
      throw new StoreError(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    return otherwise(scope);
  };
}

function compileLet(operand: Value): Evaluate {
  const { vars, in: body } = namedOperands('$let', operand, ['vars', 'in']);
  if (!isDoc(vars)) throw new StoreError(16876, 'invalid parameter: expected an object (vars)');
  const bindings = [...vars].map(([name, value]) => [name, compileExpression(value)] as const);
  const evaluate = required('$let', body);
  return (scope) => {
    const variables: Variables = new Map(scope.variables);
    for (const [name, value] of bindings) variables.set(name, value(scope) ?? null);
    return evaluate({ root: scope.root, variables });
  };
}
