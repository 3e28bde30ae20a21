import { createHash } from 'node:crypto';

/** SHA-256 over the parts as JSON, in hex: unambiguous however the parts are cut. */
function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Tells a retry of a request from another request under the same client id. */
export function bodyHash(...parts: readonly unknown[]): string {
  return digest(parts).slice(0, 32);
}

/** A client id that follows from the action itself: the action is recorded once, however often it is tried. */
export function derivedClientId(...parts: readonly (string | number)[]): string {
  return digest(['client-id', ...parts]).slice(0, 32);
}

/** An id that follows from what makes the thing unique. */
export function derivedId(...parts: readonly string[]): string {
  return digest(['id', ...parts]).slice(0, 24);
}
