import { errorFields } from './error-fields.ts';

/**
 * Fields whose value is never written, at any depth and in any case of letters. `text` is what people write to each
 * other; `email` is personal.
 */
const secretNames = new Set([
  'password',
  'passwordhash',
  'token',
  'sessiontoken',
  'accesstoken',
  'refreshtoken',
  'secret',
  'apikey',
  'cookie',
  'cookies',
  'set-cookie',
  'authorization',
  'email',
  'text',
]);

const redacted = '[redacted]';
/** Deeper is cut: the log is for events, not for object graphs (which may be circles). */
const depthMax = 8;

/** A copy of some fields that is safe to write: secrets by name, and the credentials within any URI, are blanked. */
export function redact(fields: object, depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]: [string, unknown]) => [
      name,
      secretNames.has(name.toLowerCase()) && value !== undefined && value !== null
        ? redacted
        : redactValue(value, depth + 1),
    ]),
  );
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return redact(errorFields(value).error, depth);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${String(value.byteLength)} bytes]`;
  if (depth >= depthMax) return '[deeper]';
  if (Array.isArray(value)) return value.map((item: unknown) => redactValue(item, depth + 1));
  return redact(value, depth);
}

/**
 * `mongodb://ada:secret@host` → `mongodb://[redacted]@host`, and email addresses, wherever in a text they stand: the
 * messages of a database's errors quote both. The bounds on the lengths keep the search linear.
 */
function redactText(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/?#]*@/gi, `$1${redacted}@`)
    .replace(/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu, redacted);
}
