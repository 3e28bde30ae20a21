import { accountHeader, ConfabError } from '@confab/contract';
import type { Actor } from '@confab/core';
import type { IncomingHttpHeaders } from 'node:http';

/** Which account a page says that it was opened for; null when it names none. */
export function namedAccount(headers: IncomingHttpHeaders): string | null {
  const named = headers[accountHeader];
  return named === undefined ? null : String(named);
}

/**
 * Lets nobody act for a page that was opened for somebody else: the cookie is the browser's, and may be another one by now.
 * Whoever is not signed in is refused, or not, by what they ask for.
 * @throws ConfabError OTHER_ACCOUNT
 */
export function requireNamedAccount(named: string | null, actor: Actor | null): void {
  if (named !== null && actor !== null && actor.userId !== named) throw new ConfabError('OTHER_ACCOUNT');
}
