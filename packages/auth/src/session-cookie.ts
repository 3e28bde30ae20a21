import { limits } from '@confab/contract';
import { Cookie } from 'lucia';
import { type CookieScope, cookieNames, isSecure, oldSessionCookieName } from './cookie-names.ts';
import { readCookies } from './read-cookies.ts';
import { isToken } from './session-token.ts';

/** A `Set-Cookie` value that carries a session; it outlives the session, whose end the server alone decides over. */
export function sessionCookie(token: string, scope: CookieScope): string {
  return serialise(cookieNames(scope).session, token, {
    secure: isSecure(scope),
    maxAgeSeconds: limits.sessionCookieDays * 86_400,
  });
}

/** A `Set-Cookie` value that takes the session away. */
export function clearedSessionCookie(scope: CookieScope): string {
  return serialise(cookieNames(scope).session, '', { secure: isSecure(scope), maxAgeSeconds: 0 });
}

/** Takes away what a version before set. */
export function clearedOldCookie(scope: CookieScope): string {
  return serialise(oldSessionCookieName, '', { secure: isSecure(scope), maxAgeSeconds: 0 });
}

/**
 * What a proxy in front may ask its visitors for. Browsers then send it with every request of theirs, beside our cookie,
 * and proxies commonly pass it on: nobody means to sign in to us by it.
 */
const proxySchemes = /^(?:basic|digest|negotiate|ntlm)\s/i;

/**
 * The token of a request, from its headers; null when it carries none. Whoever sends an Authorization header means it,
 * and must not act as whoever the cookie belongs to: not with a token that is malformed, nor with one that is missing.
 */
export function readSessionToken(
  headers: {
    readonly cookie?: string | undefined;
    readonly authorization?: string | undefined;
  },
  scope: CookieScope,
): string | null {
  const { cookie = '', authorization } = headers;
  if (authorization === undefined || proxySchemes.test(authorization)) {
    return readSessionCookie(cookie, scope);
  }
  return /^Bearer +(\S+)$/i.exec(authorization.trim())?.[1] ?? null;
}

/**
 * The first cookie of the name that can be a token. Without https, a neighbouring host can set one of the same name for
 * the whole domain, and must not sign anybody out by that.
 */
export function readSessionCookie(header: string, scope: CookieScope): string | null {
  return readCookies(header, cookieNames(scope).session).find(isToken) ?? null;
}

/**
 * What a version before set, which opens nothing any more: on https it could be a neighbouring host's doing. Whoever
 * signs in ends the session behind it.
 */
export function readOldCookie(header: string): string | null {
  return readCookies(header, oldSessionCookieName).find(isToken) ?? null;
}

export function serialise(
  name: string,
  value: string,
  { secure, maxAgeSeconds }: { readonly secure: boolean; readonly maxAgeSeconds: number },
): string {
  return new Cookie(name, value, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure,
    maxAge: maxAgeSeconds,
  }).serialize();
}
