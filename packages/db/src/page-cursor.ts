import { ConfabError } from '@confab/contract';

/**
 * Encodes where a page ended, as an opaque string: the sort keys of its last row. It grants nothing, so it is not
 * signed; a forged one selects other rows of the same list, or is refused.
 */
export function encodePageCursor(keys: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

/**
 * Decodes a cursor of exactly these key types.
 * @throws ConfabError BAD_INPUT when it is not one of ours.
 */
export function decodePageCursor<const T extends readonly ('string' | 'number' | 'id')[]>(
  cursor: string,
  keyTypes: T,
): { [K in keyof T]: T[K] extends 'number' ? number : string } {
  let keys: unknown;
  try {
    keys = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (cause) {
    throw new ConfabError('BAD_INPUT', {
      message: 'This cursor is not one of ours.',
      field: 'cursor',
      cause,
    });
  }
  if (
    !Array.isArray(keys) ||
    keys.length !== keyTypes.length ||
    !keyTypes.every((type, i) => isKey(type, keys[i]))
  ) {
    throw new ConfabError('BAD_INPUT', { message: 'This cursor is not one of ours.', field: 'cursor' });
  }
  return keys as { [K in keyof T]: T[K] extends 'number' ? number : string };
}

/** The furthest millisecond that a Date holds (ECMA-262, "Time Values and Time Range"). */
const dateMsMax = 8.64e15;

/** A number may stand for a date, and a text for what is looked up: neither may be more than those can hold. */
function isKey(type: 'string' | 'number' | 'id', value: unknown): boolean {
  if (type === 'number') return Number.isInteger(value) && Math.abs(Number(value)) <= dateMsMax;
  if (typeof value !== 'string') return false;
  return type === 'id' ? /^[0-9a-f]{24}$/.test(value) : !/[\p{Surrogate}\0]/u.test(value);
}
