import { Decimal128, Double, Int32, Long } from 'mongodb';
import { compareValues, type Fields, isDocument, sameValue } from './compare-values.ts';
import { type BsonNumber, exactNumber, isNumber } from './exact-number.ts';

/** An update that MongoDB refuses, by its code. */
export class UpdateRefused extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`refused with ${code}`);
    this.code = code;
  }
}

/** An update whose result the model does not know to the last bit: not to be sent. */
export class BeyondModel extends Error {}

/** What `document` becomes by MongoDB's update operators, applied in the order of their paths. */
export function applyUpdate(document: Fields, update: Record<string, Fields>): Fields {
  return Object.entries(update)
    .flatMap(([operator, paths]) =>
      Object.entries(paths).map(([path, operand]) => ({ operator, path: path.split('.'), operand })),
    )
    .sort((a, b) => (a.path.join('.') < b.path.join('.') ? -1 : 1))
    .reduce((changed, { operator, path, operand }) => change(changed, path, { operator, operand }), document);
}

interface Change {
  operator: string;
  operand: unknown;
}

function change(document: Fields, [name = '', ...rest]: string[], by: Change): Fields {
  const removing = by.operator === '$unset' || by.operator === '$pull';
  const old = document[name];
  if (rest.length > 0) {
    if (removing && !isDocument(old)) return document;
    if (old !== undefined && !isDocument(old)) throw new UpdateRefused(28);
    return { ...document, [name]: change(old ?? {}, rest, by) };
  }
  if (by.operator === '$unset' || (by.operator === '$pull' && old === undefined))
    return Object.fromEntries(Object.entries(document).filter(([field]) => field !== name));
  return { ...document, [name]: changed(old, by) };
}

function changed(old: unknown, { operator, operand }: Change): unknown {
  switch (operator) {
    case '$set':
      return operand;
    case '$min':
      return old === undefined || compareValues(operand, old) < 0 ? operand : old;
    case '$max':
      return old === undefined || compareValues(operand, old) > 0 ? operand : old;
    case '$push':
      return [...arrayOf(old), operand];
    case '$addToSet':
      return arrayOf(old).some((element) => sameValue(element, operand)) ? old : [...arrayOf(old), operand];
    case '$pull':
      return arrayOf(old).filter((element) => !sameValue(element, operand));
    case '$inc':
      return old === undefined ? operand : add(old, operand as BsonNumber);
    default:
      throw new BeyondModel(operator);
  }
}

function arrayOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new UpdateRefused(2);
  return value as unknown[];
}

/** The wider of the two types; an Int32 that overflows becomes a Long, a Long that does is refused. */
function add(old: unknown, by: BsonNumber): BsonNumber {
  if (!isNumber(old)) throw new UpdateRefused(14);
  const doubles = [old, by].filter((number) => number instanceof Double);
  if (old instanceof Decimal128 || by instanceof Decimal128) {
    if (doubles.length > 0) throw new BeyondModel('a Decimal128 of a Double');
    return addDecimals(old, by);
  }
  if (doubles.length > 0) return new Double(Number(plain(old)) + Number(plain(by)));
  const sum = BigInt(plain(old)) + BigInt(plain(by));
  if (sum !== BigInt.asIntN(64, sum)) throw new UpdateRefused(2);
  const narrow = old instanceof Int32 && by instanceof Int32 && sum === BigInt.asIntN(32, sum);
  return narrow ? new Int32(Number(sum)) : Long.fromBigInt(sum);
}

function plain(number: BsonNumber): number | bigint {
  if (number instanceof Long) return number.toBigInt();
  return number instanceof Decimal128 ? NaN : number.value;
}

function addDecimals(old: BsonNumber, by: BsonNumber): Decimal128 {
  const [a, b] = [exactNumber(old), exactNumber(by)];
  if (typeof a === 'string' || typeof b === 'string') throw new BeyondModel('no finite Decimal128');
  const exponent = Math.min(a.exponent, b.exponent);
  const [x, y] = [a, b].map((number) => number.coefficient * 10n ** BigInt(number.exponent - exponent));
  const sum = (x ?? 0n) + (y ?? 0n);
  if (String(sum).length > 34 || sum === 0n)
    throw new BeyondModel('a rounded Decimal128, or one that may be -0');
  return Decimal128.fromString(`${sum}E${exponent}`);
}
