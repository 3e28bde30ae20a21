/** Whose cookies they are. */
export interface CookieScope {
  /** Of the database, as a name: two installations on one host share its cookies, for browsers ignore the port. */
  readonly installation: string;
  /** The public origin that the request came in by. */
  readonly origin: string;
}

export interface CookieNames {
  readonly session: string;
  readonly device: string;
}

/** Under which every version before kept the session, whatever the installation. */
export const oldSessionCookieName = 'confab_session';

/** Whether cookies of this origin go over https only. */
export function isSecure({ origin }: CookieScope): boolean {
  return origin.startsWith('https://');
}

/**
 * What the cookies of one installation under one origin are called. The prefix `__Host-` makes browsers refuse what a
 * neighbouring host sets for the whole domain, and what came over plain http (RFC 6265bis, 4.1.3.2).
 */
export function cookieNames(scope: CookieScope): CookieNames {
  const { protocol, port } = new URL(scope.origin);
  const prefix = isSecure(scope) ? '__Host-' : '';
  const suffix = `${scope.installation}-${port || (protocol === 'https:' ? '443' : '80')}`;
  return {
    session: `${prefix}confab-session-${suffix}`,
    device: `${prefix}confab-device-${suffix}`,
  };
}
