import { toInteger } from '../bson/number.ts';
import { isDoc, isNumeric, ObjectId, Timestamp, typeName, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import type { Evaluate } from './compile-expression.ts';
import { isNullish, namedOperands, operandList, required } from './operands.ts';
import type { CompileOperator } from './operators.ts';

const unitMs: Record<string, number> = {
  millisecond: 1,
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};
const unitMonths: Record<string, number> = { month: 1, quarter: 3, year: 12 };

function dateOf(name: string, value: Value): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return new Date(value.t * 1_000);
  throw new StoreError(16006, `can't convert from BSON type ${typeName(value)} to Date (${name})`);
}

/** Times are UTC: an other time zone is refused rather than ignored. */
function checkZone(name: string, zone: Value | undefined): void {
  if (zone === undefined || zone === 'UTC' || zone === 'GMT' || zone === 'Z' || zone === '+00:00') return;
  throw new StoreError(40485, `${name}: time zones other than UTC are not supported by this server`);
}

function part(name: string, of: (date: Date) => number): CompileOperator {
  return (operand) => {
    const named =
      isDoc(operand) && operand.has('date') ? namedOperands(name, operand, ['date', 'timezone']) : undefined;
    checkZone(name, named?.timezone);
    const [evaluate] =
      named === undefined ? operandList(name, operand, [1, 1]) : [required(name, named.date)];
    return (scope) => {
      const value = evaluate?.(scope);
      return isNullish(value) ? null : of(dateOf(name, value));
    };
  };
}

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

const formats: Record<string, (date: Date) => string> = {
  Y: (date) => pad(date.getUTCFullYear(), 4),
  m: (date) => pad(date.getUTCMonth() + 1, 2),
  d: (date) => pad(date.getUTCDate(), 2),
  H: (date) => pad(date.getUTCHours(), 2),
  M: (date) => pad(date.getUTCMinutes(), 2),
  S: (date) => pad(date.getUTCSeconds(), 2),
  L: (date) => pad(date.getUTCMilliseconds(), 3),
  j: (date) => pad(dayOfYear(date), 3),
  u: (date) => String(date.getUTCDay() === 0 ? 7 : date.getUTCDay()),
  w: (date) => String(date.getUTCDay() + 1),
  z: () => '+0000',
  Z: () => '0',
  '%': () => '%',
};

function compileDateToString(operand: Value): Evaluate {
  const { date, format, timezone, onNull } = namedOperands('$dateToString', operand, [
    'date',
    'format',
    'timezone',
    'onNull',
  ]);
  checkZone('$dateToString', timezone);
  if (format !== undefined && typeof format !== 'string')
    throw new StoreError(18533, '$dateToString requires a constant string as format');
  const pattern = format ?? '%Y-%m-%dT%H:%M:%S.%LZ';
  for (const [, letter = ''] of pattern.matchAll(/%(.?)/g)) {
    if (formats[letter] === undefined)
      throw new StoreError(18536, `Invalid format character '%${letter}' in format string`);
  }
  const evaluate = required('$dateToString', date);
  const fallback = onNull === undefined ? undefined : required('$dateToString', onNull);
  return (scope) => {
    const value = evaluate(scope);
    if (isNullish(value)) return fallback === undefined ? null : fallback(scope);
    const day = dateOf('$dateToString', value);
    return pattern.replace(/%(.)/g, (_all, letter: string) => formats[letter]?.(day) ?? '');
  };
}

function unitOf(name: string, unit: Value | undefined): string {
  if (typeof unit === 'string' && (unitMs[unit] !== undefined || unitMonths[unit] !== undefined)) return unit;
  throw new StoreError(
    5439013,
    `${name} needs a constant unit of year, quarter, month, week, day, hour, minute, second or millisecond`,
  );
}

/** The last day of a shorter month stands for days that it does not have. */
function addUnits(date: Date, unit: string, amount: number): Date {
  const months = unitMonths[unit];
  if (months === undefined) return new Date(date.getTime() + amount * (unitMs[unit] ?? 0));
  const moved = new Date(date);
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + amount * months);
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(date.getUTCDate(), lastDay));
  return moved;
}

function adding(name: string, sign: 1 | -1): CompileOperator {
  return (operand) => {
    const { startDate, unit, amount, timezone } = namedOperands(name, operand, [
      'startDate',
      'unit',
      'amount',
      'timezone',
    ]);
    checkZone(name, timezone);
    const step = unitOf(name, unit);
    const [start, by] = [required(name, startDate), required(name, amount)];
    return (scope) => {
      const [from, count] = [start(scope), by(scope)];
      if (isNullish(from) || isNullish(count)) return null;
      const whole = isNumeric(count) ? toInteger(count) : undefined;
      if (whole === undefined) throw new StoreError(5166405, `${name} expects an integer amount`);
      return addUnits(dateOf(name, from), step, Number(whole) * sign);
    };
  };
}

/** The start of the unit that a date lies in. Weeks start on Sunday, as in MongoDB. */
function truncated(date: Date, unit: string): Date {
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (unit === 'year') return new Date(Date.UTC(year, 0, 1));
  if (unit === 'quarter') return new Date(Date.UTC(year, month - (month % 3), 1));
  if (unit === 'month') return new Date(Date.UTC(year, month, 1));
  if (unit === 'week') return new Date(Date.UTC(year, month, date.getUTCDate() - date.getUTCDay()));
  const ms = unitMs[unit] ?? 1;
  return new Date(Math.floor(date.getTime() / ms) * ms);
}

function compileDateTrunc(operand: Value): Evaluate {
  const { date, unit, timezone } = namedOperands('$dateTrunc', operand, ['date', 'unit', 'timezone']);
  checkZone('$dateTrunc', timezone);
  const step = unitOf('$dateTrunc', unit);
  const evaluate = required('$dateTrunc', date);
  return (scope) => {
    const value = evaluate(scope);
    return isNullish(value) ? null : truncated(dateOf('$dateTrunc', value), step);
  };
}

/** How many boundaries of the unit lie between two dates. */
function compileDateDiff(operand: Value): Evaluate {
  const { startDate, endDate, unit, timezone } = namedOperands('$dateDiff', operand, [
    'startDate',
    'endDate',
    'unit',
    'timezone',
  ]);
  checkZone('$dateDiff', timezone);
  const step = unitOf('$dateDiff', unit);
  const [start, end] = [required('$dateDiff', startDate), required('$dateDiff', endDate)];
  return (scope) => {
    const [from, to] = [start(scope), end(scope)];
    if (isNullish(from) || isNullish(to)) return null;
    const [a, b] = [truncated(dateOf('$dateDiff', from), step), truncated(dateOf('$dateDiff', to), step)];
    const months = unitMonths[step];
    if (months === undefined) return BigInt(Math.round((b.getTime() - a.getTime()) / (unitMs[step] ?? 1)));
    return BigInt(
      ((b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth()) / months,
    );
  };
}

/** Dates in UTC. */
export const dateOperators: Record<string, CompileOperator> = {
  $year: part('$year', (date) => date.getUTCFullYear()),
  $month: part('$month', (date) => date.getUTCMonth() + 1),
  $dayOfMonth: part('$dayOfMonth', (date) => date.getUTCDate()),
  $dayOfWeek: part('$dayOfWeek', (date) => date.getUTCDay() + 1),
  $dayOfYear: part('$dayOfYear', dayOfYear),
  $hour: part('$hour', (date) => date.getUTCHours()),
  $minute: part('$minute', (date) => date.getUTCMinutes()),
  $second: part('$second', (date) => date.getUTCSeconds()),
  $millisecond: part('$millisecond', (date) => date.getUTCMilliseconds()),
  $dateToString: compileDateToString,
  $dateAdd: adding('$dateAdd', 1),
  $dateSubtract: adding('$dateSubtract', -1),
  $dateTrunc: compileDateTrunc,
  $dateDiff: compileDateDiff,
};
