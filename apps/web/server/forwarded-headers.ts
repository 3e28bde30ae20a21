import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

const forwarded = /^(x-forwarded-|x-real-ip$|x-client-ip$|forwarded$|x-nonce$|x-confab-)/;

/**
 * Replaces what a client may have forged by what we know: whoever reads these headers further inside (the ws server,
 * Next) believes them. Reads the client's address before the headers are gone.
 */
export function stampClientAddress(request: IncomingMessage, clientAddress: string): void {
  for (const name of Object.keys(request.headers)) {
    if (forwarded.test(name)) Reflect.deleteProperty(request.headers, name);
  }
  request.headers['x-forwarded-for'] = clientAddress;
}

/** The address that {@link stampClientAddress} wrote. */
export function stampedAddress(headers: IncomingHttpHeaders): string {
  return String(headers['x-forwarded-for'] ?? '');
}
