import { type Doc, docOf, isDoc, typeName, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { arrayOf } from './array-operators.ts';
import { compileExpression, type Evaluate } from './compile-expression.ts';
import { isNullish, namedOperands, required, simple } from './operands.ts';
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

function entryOf(item: Value): readonly [string, Value] {
  const [name, value] = Array.isArray(item) ? item : isDoc(item) ? [item.get('k'), item.get('v')] : [];
  if (typeof name !== 'string' || value === undefined)
    throw new StoreError(40386, '$arrayToObject requires [key, value] pairs or {k, v} documents');
  return [name, value];
}

function fieldName(operator: string, field: Value | undefined): string {
  const literal = isDoc(field) && field.has('$literal') ? field.get('$literal') : field;
  if (typeof literal === 'string' && (literal !== field || !literal.startsWith('$'))) return literal;
  throw new StoreError(4161106, `${operator} requires 'field' to evaluate to a constant`);
}

function compileSetField(operand: Value): Evaluate {
  const { field, input, value } = namedOperands('$setField', operand, ['field', 'input', 'value']);
  const name = fieldName('$setField', field);
  const target = required('$setField', input);
  const evaluate = required('$setField', value);
  return (scope) => withField(target(scope), name, evaluate(scope));
}

function compileUnsetField(operand: Value): Evaluate {
  const { field, input } = namedOperands('$unsetField', operand, ['field', 'input']);
  const name = fieldName('$unsetField', field);
  const target = required('$unsetField', input);
  return (scope) => withField(target(scope), name, undefined);
}

function withField(doc: Value | undefined, name: string, value: Value | undefined): Value {
  if (isNullish(doc)) return null;
  if (!isDoc(doc)) throw new StoreError(4161105, "$setField requires 'input' to evaluate to type Object");
  const result: Doc = new Map(doc);
  if (value === undefined) result.delete(name);
  else result.set(name, value);
  return result;
}

export const objectOperators: Record<string, CompileOperator> = {
  $mergeObjects: simple('$mergeObjects', [0, Number.MAX_SAFE_INTEGER], merge),
  $objectToArray: simple('$objectToArray', 1, (doc) => {
    if (isNullish(doc)) return null;
    if (!isDoc(doc)) throw new StoreError(40390, '$objectToArray requires a document input');
    return [...doc].map(([k, v]) => docOf({ k, v }));
  }),
  $arrayToObject: simple('$arrayToObject', 1, (list) =>
    isNullish(list) ? null : new Map(arrayOf('$arrayToObject', list).map(entryOf)),
  ),
  $setField: compileSetField,
  $unsetField: compileUnsetField,
  $getField: (operand) => {
    const named =
      isDoc(operand) && operand.has('field')
        ? namedOperands('$getField', operand, ['field', 'input'])
        : { field: operand };
    const name = fieldName('$getField', named.field);
    const target = compileExpression('input' in named ? (named.input ?? '$$CURRENT') : '$$CURRENT');
    return (scope) => {
      const doc = target(scope);
      return isDoc(doc) ? doc.get(name) : undefined;
    };
  },
};
