const home = '/chats';

/**
 * Where to go after signing in: a path of ours as it was asked for, else home. A value that a browser could read as
 * another site (`//evil`, `/\evil`, `https:…`) is never used.
 */
export function returnPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || !/^\/[a-z]/.test(wanted)) return home;
  const base = 'http://web.invalid';
  const url = URL.canParse(wanted, base) ? new URL(wanted, base) : null;
  if (url?.origin !== base) return home;
  return /^\/(chats|people|rooms|you|join)(\/|$)/.test(url.pathname) ? url.pathname : home;
}
