import type { IncomingHttpHeaders } from 'node:http';
import { type CookieNames, cookieNames, type CookieScope } from './cookie-names.ts';
import { deviceCookie, readDevices } from './devices.ts';
import {
  clearedOldCookie,
  clearedSessionCookie,
  readOldCookie,
  readSessionCookie,
  readSessionToken,
  sessionCookie,
} from './session-cookie.ts';

/** What a request brings of ours. */
export interface ReadCookies {
  /** Whose request this is: of the Authorization header or the cookie; null: nobody's. */
  readonly token: string | null;
  /** What the cookies hold, whoever asks: tokens of sessions, also of a version before, and of devices. */
  readonly carried: { readonly sessions: readonly string[]; readonly devices: readonly string[] };
  /** The `Set-Cookie` values by which the browser keeps what a sign-in made, or forgets its session (null). */
  readonly toKeep: (
    signedIn: { readonly token: string; readonly devices: readonly string[] } | null,
  ) => string[];
}

export interface Cookies {
  readonly names: (headers: IncomingHttpHeaders) => CookieNames;
  readonly read: (headers: IncomingHttpHeaders) => ReadCookies;
}

/**
 * The cookies of one installation, under whichever of its origins a request came in by.
 * @param originOf tells that from the headers
 */
export function createCookies(
  installation: string,
  originOf: (headers: IncomingHttpHeaders) => string,
): Cookies {
  const scopeOf = (headers: IncomingHttpHeaders): CookieScope => ({
    installation,
    origin: originOf(headers),
  });
  return {
    names: (headers) => cookieNames(scopeOf(headers)),
    read(headers) {
      const scope = scopeOf(headers);
      const { cookie = '', authorization } = headers;
      const own = readSessionCookie(cookie, scope);
      const old = readOldCookie(cookie);
      return {
        token: readSessionToken({ cookie, authorization }, scope),
        carried: {
          sessions: [own, old].filter((token) => token !== null),
          devices: readDevices(cookie, scope),
        },
        toKeep: (signedIn) => [
          ...(signedIn
            ? [sessionCookie(signedIn.token, scope), deviceCookie(signedIn.devices, scope)]
            : [clearedSessionCookie(scope)]),
          ...(old === null ? [] : [clearedOldCookie(scope)]),
        ],
      };
    },
  };
}
