import { compareValues, rankOf, typeRank, valuesEqual } from '../bson/compare.ts';
import { toInteger, toNumber } from '../bson/number.ts';
import { visitLeaves, visitPath } from '../bson/path.ts';
import {
  BSONRegExp,
  type Doc,
  isDoc,
  isNumeric,
  MaxKey,
  MinKey,
  typeName,
  typeNumbers,
  type Value,
} from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import {
  allOf,
  compileConditions,
  compileFilter,
  isOperatorDoc,
  type MatchDetails,
} from './compile-filter.ts';
import { formatValue } from '../storage/duplicate-key.ts';
import { compileRegex } from './compile-regex.ts';
import { valueSet } from './value-set.ts';

export type Predicate = (doc: Doc, details?: MatchDetails) => boolean;

/** A test of one value; `undefined` is a missing field. */
export type ValueTest = (value: Value | undefined) => boolean;

export interface PredicateSpec {
  readonly parts: readonly string[];
  readonly op: string;
  readonly operand: Value;
}

/** A condition on one path. Negations hold when no reached value passes the positive test. */
export function compilePredicate(spec: PredicateSpec): Predicate {
  const { parts, op, operand } = spec;
  switch (op) {
    case '$ne': {
      if (operand instanceof BSONRegExp) throw new StoreError('BadValue', "Can't have regex as arg to $ne.");
      const equals = onLeaves(parts, equalityTest(operand));
      return (doc) => !equals(doc);
    }
    case '$nin': {
      const within = onLeaves(parts, inTest('$nin', operand));
      return (doc) => !within(doc);
    }
    case '$exists': {
      const wanted = !(
        operand === false ||
        operand === null ||
        (isNumeric(operand) && toNumber(operand) === 0)
      );
      const present = onWhole(parts, (value) => value !== undefined);
      return wanted ? present : (doc) => !present(doc);
    }
    case '$size':
      return onWhole(parts, sizeTest(operand));
    case '$elemMatch':
      return elementPredicate(parts, operand);
    case '$all':
      return allPredicate(parts, operand);
    case '$type': {
      const test = typeTest(operand);
      return onLeaves(parts, test);
    }
    default:
      return onLeaves(parts, leafTest(op, operand));
  }
}

function onLeaves(parts: readonly string[], test: ValueTest): Predicate {
  return (doc, details) =>
    visitLeaves(doc, parts, (value, index) => {
      if (!test(value)) return false;
      if (details !== undefined && index !== undefined) details.arrayIndex = index;
      return true;
    });
}

function onWhole(parts: readonly string[], test: ValueTest): Predicate {
  return (doc, details) =>
    visitPath(doc, parts, (value, index) => {
      if (!test(value)) return false;
      if (details !== undefined && index !== undefined) details.arrayIndex = index;
      return true;
    });
}

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
    case '$mod':
      return modTest(operand);
    case '$bitsAllSet':
    case '$bitsAllClear':
    case '$bitsAnySet':
    case '$bitsAnyClear':
    case '$geoWithin':
    case '$geoIntersects':
    case '$near':
    case '$nearSphere':
    case '$jsonSchema':
      throw new StoreError('BadValue', `${op} is not supported by this server`);
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
  if (rank === typeRank.number && isNumeric(operand) && Number.isNaN(toNumber(operand))) {
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

function modTest(operand: Value): ValueTest {
  if (!Array.isArray(operand) || operand.length !== 2) {
    throw new StoreError('BadValue', 'malformed mod, needs to be an array of two numbers');
  }
  const [divisor, remainder] = operand.map((item) => (isNumeric(item) ? toInteger(item) : undefined));
  if (divisor === undefined || remainder === undefined) {
    throw new StoreError('BadValue', 'malformed mod, divisor and remainder must be numbers');
  }
  if (divisor === 0n) throw new StoreError('BadValue', 'divisor cannot be 0');
  return (value) => {
    const whole = isNumeric(value) ? toInteger(value) : undefined;
    return whole !== undefined && whole % divisor === remainder;
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

function typeTest(operand: Value): ValueTest {
  const wanted = new Set<number>();
  for (const item of Array.isArray(operand) ? operand : [operand]) {
    if (item === 'number') [1, 16, 18, 19].forEach((number) => wanted.add(number));
    else wanted.add(typeNumber(item));
  }
  if (wanted.size === 0) throw new StoreError('FailedToParse', '$type must match at least one type');
  return (value) => value !== undefined && wanted.has(typeNumbers[typeName(value)] ?? 0);
}

function typeNumber(item: Value): number {
  const number = isNumeric(item) ? toNumber(item) : typeof item === 'string' ? typeNumbers[item] : undefined;
  if (number === undefined) throw new StoreError('BadValue', `Unknown type name alias: ${formatValue(item)}`);
  if (!Object.values(typeNumbers).includes(number)) {
    throw new StoreError('BadValue', `Invalid numerical type code: ${number}`);
  }
  return number;
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
  // The value is tested as the field '' of a wrapper, its own arrays unopened.
  const wrapped = allOf(compileConditions(new Map([['v', operand]])).map((condition) => condition.match));
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

function allPredicate(parts: readonly string[], operand: Value): Predicate {
  if (!Array.isArray(operand)) throw new StoreError('BadValue', '$all needs an array');
  const each = operand.map((item): Predicate => {
    if (isDoc(item) && item.has('$elemMatch')) return elementPredicate(parts, item.get('$elemMatch') ?? null);
    if (isOperatorDoc(item)) throw new StoreError('BadValue', 'no $ expressions in $all');
    return onLeaves(parts, item instanceof BSONRegExp ? regexTest(item) : equalityTest(item));
  });
  if (each.length === 0) return () => false;
  return allOf(each);
}
