import { typeName } from '../bson/type.ts';
import { type Doc, isDoc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import type { Evaluate } from './compile-expression.ts';
import { anyNumber, isNullish, namedOperands, required, simple } from './operands.ts';
import type { CompileOperator } from './operators.ts';

function merge(...docs: (Value | undefined)[]): Value {
  const result: Doc = new Map();
  for (const doc of docs.length === 1 && Array.isArray(docs[0]) ? docs[0] : docs) {
    if (isNullish(doc)) continue;
    if (!isDoc(doc))
      throw new StoreError(
        40400,
        `$mergeObjects requires object inputs, but input is of type ${typeName(doc)}`,
      );
    for (const [name, value] of doc) result.set(name, value);
  }
  return result;
}

/** Names a field that no path can: one with dots or a leading dollar. `$$REMOVE` takes it away. */
function compileSetField(operand: Value): Evaluate {
  const { field, input, value } = namedOperands('$setField', operand, ['field', 'input', 'value']);
  const name = isDoc(field) ? field.get('$literal') : field;
  if (typeof name !== 'string' || (name === field && name.startsWith('$')))
    throw new StoreError(4161106, "$setField requires 'field' to evaluate to a constant");
  const target = required('$setField', input);
  const evaluate = required('$setField', value);
  return (scope) => {
    const doc = target(scope);
    if (isNullish(doc)) return null;
    if (!isDoc(doc)) throw new StoreError(4161105, "$setField requires 'input' to evaluate to type Object");
    const result: Doc = new Map(doc);
    const next = evaluate(scope);
    if (next === undefined) result.delete(name);
    else result.set(name, next);
    return result;
  };
}

export const documentOperators: Record<string, CompileOperator> = {
  $mergeObjects: simple('$mergeObjects', anyNumber, merge),
  $setField: compileSetField,
};
