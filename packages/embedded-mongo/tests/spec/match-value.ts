import { Binary, BSON, ClientSession, Decimal128, Double, Int32, Long, ObjectId } from 'mongodb';
import { plainNumber } from './plain-number.ts';
import type { Fields } from './spec-file.ts';

const { BSONRegExp, BSONValue, EJSON } = BSON;

/** What `$$matchesEntity` and `$$sessionLsid` look up. */
export type FindEntity = (id: string) => unknown;

interface Place {
  path: string;
  /** Extra fields of the actual document are allowed: it is, or is one of, a result, a command or a reply. */
  root: boolean;
  findEntity: FindEntity;
}

/**
 * Throws unless `actual` (undefined: not there) is what `expected` asks for, by the rules of the unified test format:
 * numbers of different types are the same if equal, the order of fields is free, a root document may have more of them.
 */
export function matchValue(expected: unknown, actual: unknown, findEntity: FindEntity): void {
  match(expected, actual, { path: 'value', root: true, findEntity });
}

/** Throws unless these are the documents that a collection holds, with no field more. */
export function matchDocuments(expected: Fields[], actual: Fields[]): void {
  match(expected, actual, { path: 'documents', root: false, findEntity: () => undefined });
}

function match(expected: unknown, actual: unknown, place: Place): void {
  if (isDocument(expected)) {
    const [name, ...others] = Object.keys(expected);
    if (name?.startsWith('$$') && others.length === 0) matchSpecial(name, expected[name], actual, place);
    else matchDocument(expected, actual, place);
  } else if (Array.isArray(expected)) {
    matchArray(expected, actual, place);
  } else {
    must(sameScalar(expected, actual), expected, actual, place);
  }
}

function matchDocument(expected: Fields, given: unknown, place: Place): void {
  // The driver keeps the order of a sort or of an index's keys in a map.
  const actual: unknown = given instanceof Map ? Object.fromEntries(given) : given;
  if (!isDocument(actual)) {
    must(false, expected, actual, place);
    return;
  }
  for (const [name, value] of Object.entries(expected))
    match(value, actual[name], { ...place, path: `${place.path}.${name}`, root: false });
  if (place.root) return;
  const extra = Object.keys(actual).filter((name) => actual[name] !== undefined && !(name in expected));
  must(extra.length === 0, expected, actual, place);
}

function matchArray(expected: unknown[], actual: unknown, place: Place): void {
  if (!Array.isArray(actual) || actual.length !== expected.length) {
    must(false, expected, actual, place);
    return;
  }
  for (const [index, value] of expected.entries())
    match(value, actual[index], { ...place, path: `${place.path}[${index}]` });
}

function matchSpecial(name: string, operand: unknown, actual: unknown, place: Place): void {
  const rule = rules[name];
  if (!rule) throw new Error(`${place.path}: the runner does not know ${name}`);
  must(rule(operand, actual, place) ?? true, { [name]: operand }, actual, place);
}

/** Whether a special rule holds; nothing where it has matched, or thrown, by itself. */
type Rule = (operand: unknown, actual: unknown, place: Place) => boolean | undefined;

const rules: Record<string, Rule> = {
  $$exists: (operand, actual) => (actual !== undefined) === operand,
  $$unsetOrMatches: (operand, actual, place) => {
    if (actual !== undefined && actual !== null) match(operand, actual, place);
    return undefined;
  },
  $$type: (operand, actual) =>
    (Array.isArray(operand) ? operand : [operand]).some((type) => hasType(type, actual)),
  $$lte: (operand, actual) => {
    const [number, most] = [plainNumber(actual), plainNumber(operand)];
    return number !== null && most !== null && number <= most;
  },
  $$matchesEntity: (operand, actual, place) => {
    match(place.findEntity(String(operand)), actual, place);
    return undefined;
  },
  $$sessionLsid: (operand, actual, place) => {
    match(sessionId(place.findEntity(String(operand))), actual, place);
    return undefined;
  },
  $$matchesHexBytes: (operand, actual) => actual instanceof Uint8Array && hex(actual) === operand,
  $$matchAsRoot: (operand, actual, place) => {
    match(operand, actual, { ...place, root: true });
    return undefined;
  },
  $$matchAsDocument: (operand, actual, place) => {
    match(operand, EJSON.parse(String(actual), { relaxed: false }), { ...place, root: false });
    return undefined;
  },
};

function must(holds: boolean, expected: unknown, actual: unknown, place: Place): void {
  if (!holds) throw new Error(`${place.path}: expected ${show(expected)}, got ${show(actual)}`);
}

function sameScalar(expected: unknown, actual: unknown): boolean {
  const number = plainNumber(expected);
  if (number !== null) {
    const other = plainNumber(actual);
    return (
      other !== null &&
      ((number <= other && number >= other) || (Number.isNaN(number) && Number.isNaN(other)))
    );
  }
  if (expected === null || typeof expected !== 'object') return expected === actual;
  // The driver gives Binary as it is, but a regular expression as the language's own.
  return EJSON.stringify({ v: expected }) === EJSON.stringify({ v: actual });
}

/** Promoted numbers have lost their type: any of the types that a number could have been stored as is accepted. */
const typeTests: Record<string, (value: unknown) => boolean> = {
  double: (value) => typeof value === 'number' || value instanceof Double,
  string: (value) => typeof value === 'string',
  object: (value) => isDocument(value),
  array: (value) => Array.isArray(value),
  binData: (value) => value instanceof Binary || value instanceof Uint8Array,
  undefined: () => false,
  objectId: (value) => value instanceof ObjectId,
  bool: (value) => typeof value === 'boolean',
  date: (value) => value instanceof Date,
  null: (value) => value === null,
  regex: (value) => value instanceof RegExp || value instanceof BSONRegExp,
  int: (value) => value instanceof Int32 || Number.isInteger(value),
  long: (value) => value instanceof Long || typeof value === 'bigint' || Number.isInteger(value),
  decimal: (value) => value instanceof Decimal128,
};

function hasType(type: unknown, value: unknown): boolean {
  const test = typeTests[String(type)];
  if (!test) throw new Error(`the runner does not know the type ${String(type)}`);
  return test(value);
}

function sessionId(session: unknown): unknown {
  if (!(session instanceof ClientSession)) throw new Error('$$sessionLsid of what is no session');
  return session.id;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const show = (value: unknown): string => (value === undefined ? 'nothing' : EJSON.stringify(value));

/** An embedded document: no BSON value, no array, nothing that the language or the driver made a class of. */
function isDocument(value: unknown): value is Fields {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  if (value instanceof BSONValue || value instanceof Uint8Array) return false;
  return !(value instanceof Date || value instanceof RegExp);
}
