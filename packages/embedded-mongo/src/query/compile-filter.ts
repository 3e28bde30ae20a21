import { splitPath } from '../bson/path.ts';
import { BSONRegExp, type Doc, isDoc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { compileExpression, type Variables } from '../expression/compile-expression.ts';
import { isTruthy } from '../expression/truthy.ts';
import { compilePredicate, type Predicate } from './compile-predicate.ts';

/** Filled while matching: the array position that the positional operator `$` stands for. */
export interface MatchDetails {
  arrayIndex: number | undefined;
}

export type Matcher = (doc: Doc, details?: MatchDetails) => boolean;

/** One condition of a conjunction; the planner may answer `path`+`op` from an index instead of `match`. */
export interface Condition {
  readonly path: string | undefined;
  readonly op: string;
  readonly operand: Value;
  readonly match: Matcher;
}

export interface FilterOptions {
  readonly variables?: Variables | undefined;
  /** An array at the end of a path is tested as a whole alone: so `$elemMatch` tests the elements of an array. */
  readonly closed?: boolean;
}

/** Compiles a filter to one function. Throws BadValue for what is not supported. */
export function compileFilter(filter: Doc, options: FilterOptions = {}): Matcher {
  return allOf(compileConditions(filter, options).map((condition) => condition.match));
}

/** The top-level conjunction of a filter, `$and` flattened. */
export function compileConditions(filter: Doc, options: FilterOptions = {}): Condition[] {
  const conditions: Condition[] = [];
  for (const [name, operand] of filter) {
    if (!name.startsWith('$')) conditions.push(...fieldConditions(name, operand, options));
    else if (name === '$and') {
      for (const branch of branches(name, operand)) conditions.push(...compileConditions(branch, options));
    } else if (name !== '$comment') {
      conditions.push({ path: undefined, op: name, operand, match: compileLogical(name, operand, options) });
    }
  }
  return conditions;
}

export function allOf(matchers: readonly Matcher[]): Matcher {
  const [only] = matchers;
  if (matchers.length === 1 && only !== undefined) return only;
  return (doc, details) => {
    for (const match of matchers) if (!match(doc, details)) return false;
    return true;
  };
}

function branches(name: string, operand: Value): Doc[] {
  if (!Array.isArray(operand)) throw new StoreError('BadValue', `${name} must be an array`);
  if (operand.length === 0) throw new StoreError('BadValue', '$and/$or/$nor must be a nonempty array');
  return operand.map((branch) => {
    if (!isDoc(branch)) throw new StoreError('BadValue', '$or/$and/$nor entries need to be full objects');
    return branch;
  });
}

function compileLogical(name: string, operand: Value, options: FilterOptions): Matcher {
  switch (name) {
    case '$or': {
      const any = branches(name, operand).map((branch) => compileFilter(branch, options));
      return (doc, details) => any.some((match) => match(doc, details));
    }
    case '$nor': {
      const any = branches(name, operand).map((branch) => compileFilter(branch, options));
      return (doc) => !any.some((match) => match(doc));
    }
    case '$expr': {
      const evaluate = compileExpression(operand);
      const variables = options.variables ?? new Map<string, Value>();
      return (doc) => isTruthy(evaluate({ root: doc, variables }));
    }
    default:
      throw new StoreError('BadValue', `unknown top level operator: ${name}`);
  }
}

/** A document is a set of operators when its first name starts with `$`. */
export function isOperatorDoc(value: Value): value is Doc {
  if (!isDoc(value)) return false;
  const [first] = value.keys();
  return (
    first !== undefined && first.startsWith('$') && first !== '$ref' && first !== '$id' && first !== '$db'
  );
}

function fieldConditions(path: string, operand: Value, options: FilterOptions): Condition[] {
  const condition = (op: string, value: Value): Condition => {
    const match =
      op === '$not'
        ? compileNot(path, value, options)
        : compilePredicate({ parts: splitPath(path), op, operand: value, closed: options.closed === true });
    return { path, op, operand: value, match };
  };
  if (!isOperatorDoc(operand)) return [condition(operand instanceof BSONRegExp ? '$regex' : '$eq', operand)];
  return [...operand].flatMap(([op, value]) => {
    if (op === '$regex') return [condition(op, regexOf(value, operand.get('$options')))];
    if (op !== '$options') return [condition(op, value)];
    if (operand.has('$regex')) return [];
    throw new StoreError('BadValue', '$options needs a $regex');
  });
}

function compileNot(path: string, operand: Value, options: FilterOptions): Predicate {
  if (!(operand instanceof BSONRegExp) && !isOperatorDoc(operand)) {
    throw new StoreError('BadValue', '$not needs a regex or a document');
  }
  const inner = allOf(fieldConditions(path, operand, options).map((each) => each.match));
  return (doc) => !inner(doc);
}

function regexOf(pattern: Value, options: Value | undefined): BSONRegExp {
  if (options !== undefined && typeof options !== 'string') {
    throw new StoreError('BadValue', '$options has to be a string');
  }
  if (typeof pattern === 'string') return new BSONRegExp(pattern, options ?? '');
  if (!(pattern instanceof BSONRegExp)) throw new StoreError('BadValue', '$regex has to be a string');
  if (options !== undefined && pattern.options !== '' && pattern.options !== options) {
    throw new StoreError(51075, 'options set in both $regex and $options');
  }
  return new BSONRegExp(pattern.pattern, options ?? pattern.options);
}
