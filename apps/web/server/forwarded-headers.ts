import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

const forwarded = /^(x-forwarded-|x-real-ip$|x-client-ip$|forwarded$|x-nonce$|x-confab-)/;

/** What the entry knows of a client. */
export interface Client {
  readonly address: string;
  /** Of the public origin that it came by. */
  readonly scheme: 'http' | 'https';
}

/**
 * Replaces what a client may have forged by what we know: whoever reads these headers further inside (the ws server,
 * Next, the backend) believes them. What a trusted proxy wrote is read before, because it is gone afterwards.
 */
export function stampClient(request: IncomingMessage, { address, scheme }: Client): void {
  for (const name of Object.keys(request.headers)) {
    if (forwarded.test(name)) Reflect.deleteProperty(request.headers, name);
  }
  request.headers['x-forwarded-for'] = address;
  request.headers['x-forwarded-proto'] = scheme;
}

/** What {@link stampClient} wrote. */
export function stampedClient(headers: IncomingHttpHeaders): Client {
  return {
    address: String(headers['x-forwarded-for'] ?? ''),
    scheme: headers['x-forwarded-proto'] === 'https' ? 'https' : 'http',
  };
}
