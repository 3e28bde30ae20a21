import type { ClientId } from './ids.ts';

/** A fresh random {@link ClientId}. */
export function newClientId(): ClientId {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
