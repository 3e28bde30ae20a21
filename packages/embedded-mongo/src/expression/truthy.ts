import { toNumber } from '../bson/number.ts';
import { isNumeric, type Value } from '../bson/value.ts';

/** Missing, null, false and zero are false; everything else is true. */
export function isTruthy(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false) return false;
  return !isNumeric(value) || toNumber(value) !== 0;
}
