import { compareValues, valuesEqual } from '../bson/compare.ts';
import { toNumber } from '../bson/number.ts';
import { rankOf } from '../bson/type.ts';
import { type Doc, isNumeric, type Value } from '../bson/value.ts';
import { compileConditions, type Condition } from './compile-filter.ts';

/** Whether every document that meets `conditions` also meets an index's partialFilterExpression. */
export function impliesPartialFilter(conditions: readonly Condition[], partialFilter: Doc): boolean {
  return compileConditions(partialFilter).every((needed) =>
    conditions.some((given) => given.path === needed.path && implies(given, needed)),
  );
}

function implies(given: Condition, needed: Condition): boolean {
  if (given.op === needed.op && valuesEqual(given.operand, needed.operand)) return true;
  const values =
    given.op === '$eq'
      ? [given.operand]
      : given.op === '$in' && Array.isArray(given.operand)
        ? given.operand
        : undefined;
  if (values !== undefined) {
    return (
      values.length > 0 &&
      values.every((value) => !Array.isArray(value) && value !== null && accepts(needed, value))
    );
  }
  if (needed.op === '$exists')
    return (
      needed.operand === true && ['$gt', '$gte', '$lt', '$lte'].includes(given.op) && given.operand !== null
    );
  return rangeImplies(given, needed);
}

/** A document of one field stands for the value: the partial filter itself decides. */
function accepts(needed: Condition, value: Value): boolean {
  if (needed.path === undefined) return false;
  const parts = needed.path.split('.');
  const doc = parts.reduceRight<Value>((inner, part) => new Map([[part, inner]]), value);
  return doc instanceof Map && needed.match(doc);
}

function rangeImplies(given: Condition, needed: Condition): boolean {
  if (rankOf(given.operand) !== rankOf(needed.operand)) return false;
  // NaN stands before all numbers in order and in none of their ranges.
  if (isNotANumber(given.operand) || isNotANumber(needed.operand)) return false;
  const order = compareValues(given.operand, needed.operand);
  if (needed.op === '$gte') return (given.op === '$gt' || given.op === '$gte') && order >= 0;
  if (needed.op === '$gt') return (given.op === '$gt' && order >= 0) || (given.op === '$gte' && order > 0);
  if (needed.op === '$lte') return (given.op === '$lt' || given.op === '$lte') && order <= 0;
  if (needed.op === '$lt') return (given.op === '$lt' && order <= 0) || (given.op === '$lte' && order < 0);
  return false;
}

function isNotANumber(value: Value): boolean {
  return isNumeric(value) && Number.isNaN(toNumber(value));
}
