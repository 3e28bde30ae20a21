import { createHash } from 'node:crypto';
import { limits } from '@confab/contract';
import { type CookieScope, cookieNames, isSecure } from './cookie-names.ts';
import { readCookies } from './read-cookies.ts';
import { serialise } from './session-cookie.ts';
import { isToken, newToken } from './session-token.ts';

/**
 * A browser in which somebody signed in knows a random token, and the account knows its hash: guesses of others do not
 * hold that browser up. The token is no session and opens nothing. A browser has one for each of the last accounts that
 * signed in there, because none is taken from a request: somebody could have planted it.
 */
export interface Devices {
  /** The tokens that the browser keeps from now on, latest first. */
  readonly tokens: readonly string[];
  /** The hash of the one that is this account's. */
  readonly hash: string;
}

/** A token of a browser that the account knows. */
export interface KnownDevice {
  readonly token: string;
  readonly hash: string;
}

const separator = '.';

/** What an account keeps of a token. Accounts of one browser keep different ones. */
export function hashDevice(userId: string, token: string): string {
  return createHash('sha256').update(`device:${userId}:${token}`).digest('hex');
}

/** Which of a browser's tokens an account knows; null: none. */
export function knownDevice(
  userId: string,
  tokens: readonly string[],
  hashes: readonly string[],
): KnownDevice | null {
  for (const token of tokens) {
    const hash = hashDevice(userId, token);
    if (hashes.includes(hash)) return { token, hash };
  }
  return null;
}

/** Makes this account's token the browser's latest: the one that it has, or a new one. */
export function keepDevice(userId: string, tokens: readonly string[], known: KnownDevice | null): Devices {
  const own = known?.token ?? newToken();
  const others = tokens.filter((token) => token !== own);
  return {
    tokens: [own, ...others].slice(0, limits.accountsPerBrowserMax),
    hash: hashDevice(userId, own),
  };
}

/** A `Set-Cookie` value. */
export function deviceCookie(tokens: readonly string[], scope: CookieScope): string {
  return serialise(cookieNames(scope).device, tokens.join(separator), {
    secure: isSecure(scope),
    maxAgeSeconds: limits.deviceLifeDays * 86_400,
  });
}

/** Of a request: those that have the form of a token, a bounded number. */
export function readDevices(header: string, scope: CookieScope): string[] {
  const [value = ''] = readCookies(header, cookieNames(scope).device);
  return value.split(separator, limits.accountsPerBrowserMax).filter(isToken);
}
