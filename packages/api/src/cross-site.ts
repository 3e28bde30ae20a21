import type { IncomingHttpHeaders } from 'node:http';
import { ConfabError } from '@confab/contract';

/**
 * Refuses what another site makes a browser send with our cookie. A browser names itself: it sends Origin with
 * whatever changes state, or at least Sec-Fetch-Site. A program that sends neither carries no cookie by accident.
 */
export function refuseCrossSite(
  publicOrigins: readonly string[],
  request: { method: string; headers: IncomingHttpHeaders },
): ConfabError | null {
  const { method, headers } = request;
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return null;
  const { origin } = headers;
  if (origin !== undefined) return publicOrigins.includes(origin) ? null : new ConfabError('CROSS_SITE');
  const site = headers['sec-fetch-site'];
  if (site !== undefined)
    return site === 'same-origin' || site === 'none' ? null : new ConfabError('CROSS_SITE');
  // A cookie without either is a browser too old to say where the request came from.
  return headers.cookie === undefined ? null : new ConfabError('CROSS_SITE');
}
