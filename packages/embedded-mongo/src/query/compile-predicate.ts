import { compareValues, valuesEqual } from '../bson/compare.ts';
import { toNumber } from '../bson/number.ts';
import { visitLeaves, visitPath } from '../bson/path.ts';
import { rankOf, typeNumber, types } from '../bson/type.ts';
import { BSONRegExp, type Doc, isDoc, isNumeric, MaxKey, MinKey, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { isTruthy } from '../expression/truthy.ts';
import { allOf, compileFilter, isOperatorDoc, type MatchDetails } from './compile-filter.ts';
import { formatValue } from '../bson/format-value.ts';
import { compileRegex } from './compile-regex.ts';
import { valueSet } from './value-set.ts';

export type Predicate = (doc: Doc, details?: MatchDetails) => boolean;

/** A test of one value; `undefined` is a missing field. */
export type ValueTest = (value: Value | undefined) => boolean;

export interface PredicateSpec {
  readonly parts: readonly string[];
  readonly op: string;
  readonly operand: Value;
  /** See FilterOptions. */
  readonly closed: boolean;
}

/** A condition on one path. Negations hold when no reached value passes the positive test. */
export function compilePredicate(spec: PredicateSpec): Predicate {
  const { parts, op, operand } = spec;
  const reach = spec.closed ? onWhole : onLeaves;
  switch (op) {
    case '$ne': {
      if (operand instanceof BSONRegExp) throw new StoreError('BadValue', "Can't have regex as arg to $ne.");
      const equals = reach(parts, equalityTest(operand));
      return (doc) => !equals(doc);
    }
    case '$nin': {
      const within = reach(parts, inTest('$nin', operand));
      return (doc) => !within(doc);
    }
    case '$exists': {
      const present = onWhole(parts, (value) => value !== undefined);
      return isTruthy(operand) ? present : (doc) => !present(doc);
    }
    case '$size':
      return onWhole(parts, sizeTest(operand));
    case '$elemMatch':
      return elementPredicate(parts, operand);
    case '$all':
      return allPredicate(spec, reach);
    default:
      return reach(parts, leafTest(op, operand));
  }
}

/** Reaches values as `visitLeaves` or `visitPath` does. */
function reaching(visitAll: typeof visitPath): (parts: readonly string[], test: ValueTest) => Predicate {
  return (parts, test) => (doc, details) =>
    visitAll(doc, parts, (value, index) => {
      if (!test(value)) return false;
      if (details !== undefined && index !== undefined) details.arrayIndex = index;
      return true;
    });
}

const onLeaves = reaching(visitLeaves);
const onWhole = reaching(visitPath);

/** Tests that open arrays at the end of their path. */
function leafTest(op: string, operand: Value): ValueTest {
  switch (op) {
    case '$eq':
      return equalityTest(operand);
    case '$in':
      return inTest('$in', operand);
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return rangeTest(op, operand);
    case '$regex':
      return regexTest(operand);
    case '$type':
      return typeTest(operand);
    default:
      throw new StoreError('BadValue', `unknown operator: ${op}`);
  }
}

function equalityTest(operand: Value): ValueTest {
  if (operand === null) return (value) => value === null || value === undefined;
  return (value) => value !== undefined && valuesEqual(value, operand);
}

function inTest(op: string, operand: Value): ValueTest {
  if (!Array.isArray(operand)) throw new StoreError('BadValue', `${op} needs an array`);
  const regexes = operand.filter((item) => item instanceof BSONRegExp).map(regexTest);
  for (const item of operand)
    if (isOperatorDoc(item)) throw new StoreError('BadValue', `cannot nest $ under ${op}`);
  const plain = operand.filter((item) => !(item instanceof BSONRegExp));
  const set = valueSet(plain);
  return (value) => set(value) || regexes.some((test) => test(value));
}

/** Only values of the operand's type compare, as MongoDB brackets types; null reaches missing fields too. */
function rangeTest(op: string, operand: Value): ValueTest {
  if (operand instanceof BSONRegExp)
    throw new StoreError('BadValue', `Can't have RegEx as arg to predicate over field`);
  const accept = acceptOrder(op);
  if (operand === null) return (value) => accept(0) && (value === null || value === undefined);
  if (operand instanceof MinKey || operand instanceof MaxKey) {
    return (value) => accept(compareValues(value ?? null, operand));
  }
  const rank = rankOf(operand);
  if (isNumeric(operand) && Number.isNaN(toNumber(operand))) {
    return (value) => accept(0) && isNumeric(value) && Number.isNaN(toNumber(value));
  }
  return (value) => {
    if (value === undefined || rankOf(value) !== rank) return false;
    if (isNumeric(value) && Number.isNaN(toNumber(value))) return false;
    return accept(compareValues(value, operand));
  };
}

function acceptOrder(op: string): (order: number) => boolean {
  switch (op) {
    case '$gt':
      return (order) => order > 0;
    case '$gte':
      return (order) => order >= 0;
    case '$lt':
      return (order) => order < 0;
    default:
      return (order) => order <= 0;
  }
}

function regexTest(operand: Value): ValueTest {
  if (!(operand instanceof BSONRegExp)) throw new StoreError('BadValue', '$regex has to be a string');
  const regex = compileRegex(operand);
  return (value) => {
    if (typeof value === 'string') return regex.test(value);
    return value instanceof BSONRegExp && valuesEqual(value, operand);
  };
}

function sizeTest(operand: Value): ValueTest {
  const size = isNumeric(operand) ? toNumber(operand) : Number.NaN;
  if (!Number.isInteger(size)) {
    throw new StoreError('BadValue', `Failed to parse $size. Expected an integer`);
  }
  if (size < 0) throw new StoreError('BadValue', `Failed to parse $size. Expected a non-negative number`);
  return (value) => Array.isArray(value) && value.length === size;
}

const numberTypes = [types.int, types.long, types.double, types.decimal];

function typeTest(operand: Value): ValueTest {
  const wanted = (Array.isArray(operand) ? operand : [operand]).flatMap((item) => {
    const asked = isNumeric(item) ? toNumber(item) : item;
    const found =
      asked === 'number'
        ? numberTypes
        : Object.values(types).filter(({ name, number }) => name === asked || number === asked);
    if (found.length === 0) throw new StoreError('BadValue', `Unknown type: ${formatValue(item)}`);
    return found.map(({ number }) => number);
  });
  if (wanted.length === 0) throw new StoreError('FailedToParse', '$type must match at least one type');
  return (value) => wanted.includes(typeNumber(value));
}

/** `$elemMatch` with field conditions matches documents in the array, with operators its values. */
export function elementTest(operand: Value): (value: Value) => boolean {
  if (!isDoc(operand)) throw new StoreError('BadValue', '$elemMatch needs an Object');
  const [first] = operand.keys();
  const logical = first === '$and' || first === '$or' || first === '$nor' || first === '$expr';
  if (!isOperatorDoc(operand) || logical) {
    const match = compileFilter(operand);
    return (value) => {
      if (isDoc(value)) return match(value);
      return Array.isArray(value) && match(new Map(value.map((item, i) => [String(i), item])));
    };
  }
  const wrapped = compileFilter(new Map([['v', operand]]), { closed: true });
  return (value) => wrapped(new Map([['v', value]]));
}

function elementPredicate(parts: readonly string[], operand: Value): Predicate {
  const test = elementTest(operand);
  return (doc, details) =>
    visitPath(doc, parts, (value, outer) => {
      if (!Array.isArray(value)) return false;
      const index = value.findIndex(test);
      if (index < 0) return false;
      if (details !== undefined) details.arrayIndex = outer ?? index;
      return true;
    });
}

function allPredicate({ parts, operand }: PredicateSpec, reach: typeof onLeaves): Predicate {
  if (!Array.isArray(operand)) throw new StoreError('BadValue', '$all needs an array');
  const each = operand.map((item): Predicate => {
    if (isDoc(item) && item.has('$elemMatch')) return elementPredicate(parts, item.get('$elemMatch') ?? null);
    if (isOperatorDoc(item)) throw new StoreError('BadValue', 'no $ expressions in $all');
    return reach(parts, item instanceof BSONRegExp ? regexTest(item) : equalityTest(item));
  });
  if (each.length === 0) return () => false;
  return allOf(each);
}
