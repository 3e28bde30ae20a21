import { type Doc, isDoc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { operators } from './operators.ts';

export type Variables = Map<string, Value>;

export interface Scope {
  readonly root: Value;
  readonly variables: Variables;
}

/** `undefined` is a missing value. */
export type Evaluate = (scope: Scope) => Value | undefined;

/** The value that `$$REMOVE` stands for is a missing one. */
const systemVariables = new Set(['ROOT', 'CURRENT', 'REMOVE', 'NOW']);

/** Compiles an aggregation expression. Throws MongoDB's errors for what is unknown. */
export function compileExpression(source: Value): Evaluate {
  if (typeof source === 'string' && source.startsWith('$')) return compilePath(source);
  if (Array.isArray(source)) {
    const items = source.map(compileExpression);
    return (scope) => items.map((item) => item(scope) ?? null);
  }
  if (!isDoc(source)) return () => source;
  const [first] = source;
  if (first !== undefined && first[0].startsWith('$')) return compileOperator(source, first);
  const fields = [...source].map(([name, value]) => {
    if (name.includes('.')) throw new StoreError(16412, `FieldPath field names may not contain '.'..`);
    return [name, compileExpression(value)] as const;
  });
  return (scope) => presentFields(fields.map(([name, evaluate]) => [name, evaluate(scope)]));
}

function presentFields(entries: readonly (readonly [string, Value | undefined])[]): Doc {
  const doc: Doc = new Map();
  for (const [name, value] of entries) if (value !== undefined) doc.set(name, value);
  return doc;
}

function compileOperator(source: Doc, [name, operand]: [string, Value]): Evaluate {
  if (source.size !== 1) {
    throw new StoreError(
      15983,
      `an object representing an expression must have exactly one field: { ${[...source.keys()].join(', ')} }`,
    );
  }
  const operator = operators[name];
  if (operator === undefined) throw new StoreError(168, `Unrecognized expression '${name}'`);
  return operator(operand);
}

function compilePath(source: string): Evaluate {
  if (!source.startsWith('$$')) {
    const parts = checkedParts(source.slice(1));
    return (scope) => fieldOf(scope.root, parts, 0);
  }
  const [name = '', ...rest] = source.slice(2).split('.');
  if (rest.length > 0) checkedParts(rest.join('.'));
  if (!systemVariables.has(name) && /^[A-Z]/.test(name))
    throw new StoreError(17276, `Use of undefined variable: ${name}`);
  return (scope) => fieldOf(variable(scope, name), rest, 0);
}

function checkedParts(path: string): readonly string[] {
  const parts = path.split('.');
  if (parts.includes(''))
    throw new StoreError(40353, "FieldPath must not end with a '.', nor have empty parts");
  return parts;
}

function variable(scope: Scope, name: string): Value | undefined {
  if (name === 'REMOVE') return undefined;
  if (name === 'NOW') return scope.variables.get('NOW') ?? new Date();
  if (name === 'ROOT' || name === 'CURRENT') return scope.variables.get('ROOT') ?? scope.root;
  const value = scope.variables.get(name);
  if (value === undefined && !scope.variables.has(name))
    throw new StoreError(17276, `Use of undefined variable: ${name}`);
  return value;
}

/** Arrays on the way map over their documents; numeric parts are names here, not positions. */
function fieldOf(value: Value | undefined, parts: readonly string[], depth: number): Value | undefined {
  const part = parts[depth];
  if (part === undefined) return value;
  if (isDoc(value)) return fieldOf(value.get(part), parts, depth + 1);
  if (!Array.isArray(value)) return undefined;
  return value.map((item) => fieldOf(item, parts, depth)).filter((item) => item !== undefined);
}
