import { toInteger } from '../bson/number.ts';
import { BSONRegExp, isNumeric, typeName, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';
import { compileRegex } from '../query/compile-regex.ts';
import type { Evaluate } from './compile-expression.ts';
import { isNullish, namedOperands, required, simple } from './operands.ts';
import type { CompileOperator } from './operators.ts';

function text(name: string, value: Value | undefined): string {
  if (typeof value === 'string') return value;
  throw new StoreError(16702, `${name} only supports strings, not ${typeName(value)}`);
}

/** `$toLower` and its like take null as ''. */
function mapping(name: string, apply: (value: string) => Value): CompileOperator {
  return simple(name, 1, (value) => apply(isNullish(value) ? '' : text(name, value)));
}

function trimming(name: string, ends: { start: boolean; end: boolean }): CompileOperator {
  return (operand) => {
    const { input, chars } = namedOperands(name, operand, ['input', 'chars']);
    const evaluate = required(name, input);
    const set = chars === undefined ? undefined : required(name, chars);
    return (scope) => {
      const value = evaluate(scope);
      if (isNullish(value)) return null;
      const wanted = set === undefined ? ' \t\n\r\f\v\0\u00a0' : text(name, set(scope));
      const points = [...text(name, value)];
      let from = 0;
      let to = points.length;
      while (ends.start && from < to && wanted.includes(points[from] ?? '')) from++;
      while (ends.end && to > from && wanted.includes(points[to - 1] ?? '')) to--;
      return points.slice(from, to).join('');
    };
  };
}

function compileRegexMatch(operand: Value): Evaluate {
  const { input, regex, options } = namedOperands('$regexMatch', operand, ['input', 'regex', 'options']);
  const evaluate = required('$regexMatch', input);
  const pattern = required('$regexMatch', regex);
  const flags = typeof options === 'string' ? options : '';
  return (scope) => {
    const value = evaluate(scope);
    const source = pattern(scope);
    if (isNullish(value)) return false;
    const compiled =
      source instanceof BSONRegExp ? source : new BSONRegExp(text('$regexMatch', source), flags);
    return compileRegex(compiled).test(text('$regexMatch', value));
  };
}

function count(value: Value | undefined): number {
  const whole = isNumeric(value) ? toInteger(value) : undefined;
  if (whole === undefined || whole < 0n)
    throw new StoreError(34451, '$substrCP: starting index and length must be non-negative numbers');
  return Number(whole);
}

export const stringOperators: Record<string, CompileOperator> = {
  $concat: simple('$concat', [0, Number.MAX_SAFE_INTEGER], (...values) => {
    return values.some(isNullish) ? null : values.map((value) => text('$concat', value)).join('');
  }),
  $toLower: mapping('$toLower', (value) => value.toLowerCase()),
  $toUpper: mapping('$toUpper', (value) => value.toUpperCase()),
  $strLenCP: simple('$strLenCP', 1, (value) => [...text('$strLenCP', value)].length),
  $strLenBytes: simple('$strLenBytes', 1, (value) => Buffer.byteLength(text('$strLenBytes', value))),
  $substrCP: simple('$substrCP', 3, (value, from, length) => {
    const start = count(from);
    return [...(isNullish(value) ? '' : text('$substrCP', value))]
      .slice(start, start + count(length))
      .join('');
  }),
  $split: simple('$split', 2, (value, by) =>
    isNullish(value) || isNullish(by) ? null : text('$split', value).split(text('$split', by)),
  ),
  $indexOfCP: simple('$indexOfCP', 2, (value, part) => {
    if (isNullish(value)) return null;
    const at = text('$indexOfCP', value).indexOf(text('$indexOfCP', part));
    return at < 0 ? -1 : [...text('$indexOfCP', value).slice(0, at)].length;
  }),
  $strcasecmp: simple('$strcasecmp', 2, (a, b) => {
    const x = text('$strcasecmp', a ?? '').toUpperCase();
    const y = text('$strcasecmp', b ?? '').toUpperCase();
    return x < y ? -1 : x > y ? 1 : 0;
  }),
  $trim: trimming('$trim', { start: true, end: true }),
  $ltrim: trimming('$ltrim', { start: true, end: false }),
  $rtrim: trimming('$rtrim', { start: false, end: true }),
  $regexMatch: compileRegexMatch,
};
