import { Cookie } from 'lucia';
import { isToken } from './session-token.ts';

export const sessionCookieName = 'confab_session';
/** How long a session lives without use; lucia prolongs it in its second half. */
export const sessionLifetimeDays = 30;

interface CookieOptions {
  /** Whether the browser's origin is https. */
  readonly secure: boolean;
}

/** A `Set-Cookie` value that carries a session. */
export function sessionCookie(token: string, { secure }: CookieOptions): string {
  return serialise(token, { secure, maxAgeSeconds: sessionLifetimeDays * 86_400 });
}

/** A `Set-Cookie` value that takes the session away. */
export function clearedSessionCookie({ secure }: CookieOptions): string {
  return serialise('', { secure, maxAgeSeconds: 0 });
}

/**
 * The token of a request, from its headers; null when it carries none. A Bearer token wins, even a malformed one:
 * whoever sends one means it, and must not act as whoever the cookie belongs to.
 */
export function readSessionToken(headers: {
  readonly cookie?: string | undefined;
  readonly authorization?: string | undefined;
}): string | null {
  const { cookie = '', authorization } = headers;
  if (authorization !== undefined) {
    const bearer = /^Bearer +(\S+)$/i.exec(authorization.trim())?.[1];
    if (bearer !== undefined) return bearer;
  }
  return readCookie(cookie);
}

/**
 * The first cookie of the name that can be a token. A neighbouring host can set one of the same name for the whole
 * domain, and must not sign anybody out by that.
 */
function readCookie(header: string): string | null {
  for (const pair of header.split(';')) {
    const [name = '', value = ''] = pair.split('=', 2);
    if (name.trim() === sessionCookieName && isToken(value.trim())) return value.trim();
  }
  return null;
}

function serialise(
  value: string,
  { secure, maxAgeSeconds }: CookieOptions & { maxAgeSeconds: number },
): string {
  return new Cookie(sessionCookieName, value, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure,
    maxAge: maxAgeSeconds,
  }).serialize();
}
