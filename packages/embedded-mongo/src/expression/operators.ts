import type { Value } from '../bson/value.ts';
import { arrayOperators } from './array-operators.ts';
import type { Evaluate } from './compile-expression.ts';
import { documentOperators } from './document-operators.ts';
import { numberOperators } from './number-operators.ts';
import { valueOperators } from './value-operators.ts';

export type CompileOperator = (operand: Value) => Evaluate;

/** Every expression operator by name; what is not here is refused. */
export const operators: Record<string, CompileOperator | undefined> = {
  ...valueOperators,
  ...numberOperators,
  ...arrayOperators,
  ...documentOperators,
};
