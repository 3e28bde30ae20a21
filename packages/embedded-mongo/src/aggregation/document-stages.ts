import { splitPath } from '../bson/path.ts';
import { typeName } from '../bson/type.ts';
import { type Doc, isDoc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { compileExpression, type Evaluate, type Variables } from '../expression/compile-expression.ts';
import { compileProjection } from '../query/projection.ts';

/** A stage that turns each document into one other. */
export type DocumentStage = (doc: Doc, variables: Variables) => Doc;

/** These make up update pipelines too. */
export const documentStageNames = [
  '$set',
  '$addFields',
  '$unset',
  '$project',
  '$replaceWith',
  '$replaceRoot',
] as const;

export function compileDocumentStage(
  name: (typeof documentStageNames)[number],
  operand: Value,
): DocumentStage {
  switch (name) {
    case '$set':
    case '$addFields':
      return compileSet(name, operand);
    case '$unset':
      return compileUnset(operand);
    case '$project':
      if (!isDoc(operand) || operand.size === 0)
        throw new StoreError(51272, '$project specification must have at least one field');
      return compileProjection(operand, { aggregation: true });
    case '$replaceWith':
      return compileReplace(compileExpression(operand));
    case '$replaceRoot': {
      const root = isDoc(operand) ? operand.get('newRoot') : undefined;
      if (root === undefined) throw new StoreError(40231, 'no newRoot specified for the $replaceRoot stage');
      return compileReplace(compileExpression(root));
    }
  }
}

function compileReplace(evaluate: Evaluate): DocumentStage {
  return (doc, variables) => {
    const root = evaluate({ root: doc, variables });
    if (isDoc(root)) return root;
    throw new StoreError(
      40228,
      `'newRoot' expression must evaluate to an object, but resulting value was of type: ${typeName(root)}`,
    );
  };
}

interface Assignment {
  readonly parts: readonly string[];
  readonly evaluate: Evaluate;
}

function compileSet(name: string, operand: Value): DocumentStage {
  if (!isDoc(operand))
    throw new StoreError(40272, `${name} specification stage must be an object, got ${typeName(operand)}`);
  const assignments = flatten(operand, []);
  return (doc, variables) => {
    let next = doc;
    // Every expression sees the document as it came in.
    for (const { parts, evaluate } of assignments)
      next = assign(next, parts, evaluate({ root: doc, variables }));
    return next;
  };
}

/** Nested documents of plain names set their fields one by one. */
function flatten(source: Doc, prefix: readonly string[]): Assignment[] {
  return [...source].flatMap(([path, value]) => {
    if (path.startsWith('$'))
      throw new StoreError(16410, `FieldPath field names may not start with '$'. Given: '${path}'.`);
    const parts = [...prefix, ...splitPath(path)];
    if (parts.includes('')) throw new StoreError(15998, 'FieldPath field names may not be empty strings.');
    const nested = isDoc(value) && value.size > 0 && ![...value.keys()].some((key) => key.startsWith('$'));
    return nested ? flatten(value, parts) : [{ parts, evaluate: compileExpression(value) }];
  });
}

/** Copies along the path only; arrays on the way are assigned in each element. */
export function assign(doc: Doc, parts: readonly string[], value: Value | undefined): Doc {
  const [part = '', ...rest] = parts;
  const next: Doc = new Map(doc);
  if (rest.length === 0) {
    if (value === undefined) next.delete(part);
    else next.set(part, value);
    return next;
  }
  next.set(part, assignInside(doc.get(part), rest, value));
  return next;
}

function assignInside(old: Value | undefined, parts: readonly string[], value: Value | undefined): Value {
  if (Array.isArray(old)) return old.map((item) => assignInside(item, parts, value));
  return assign(isDoc(old) ? old : new Map<string, Value>(), parts, value);
}

function compileUnset(operand: Value): DocumentStage {
  const paths = Array.isArray(operand) ? operand : [operand];
  const exclusion: Doc = new Map();
  for (const path of paths) {
    if (typeof path !== 'string')
      throw new StoreError(31002, '$unset specification must be a string or an array');
    exclusion.set(path, 0);
  }
  if (exclusion.size === 0)
    throw new StoreError(31119, '$unset specification must be a string or an array with at least one field');
  return compileProjection(exclusion, { aggregation: true });
}
