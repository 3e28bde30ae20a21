import type { IncomingMessage } from 'node:http';

/** The path and query of a request's target, which may be a whole URL (RFC 9112, section 3.2.2). */
export function originForm(target: string): string {
  const [, rest = null] = /^https?:\/\/[^/?]*(.*)$/is.exec(target) ?? [];
  if (rest === null) return target;
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** The path of a target in origin form. */
export function pathOf({ url = '/' }: Pick<IncomingMessage, 'url'>): string {
  return url.split('?', 1)[0] ?? '/';
}

/** A name of 253 characters (RFC 1035, section 2.3.4), or an address in brackets, and a port. */
const hostLengthMax = 260;

/**
 * Whether the Host, if there is one, can stand in a URL; a server refuses others with 400 (RFC 9112, section 3.2). Longer
 * ones are not parsed: what international names are made of costs the square of its length.
 */
export function hasUsableHost({ headers: { host } }: { headers: { host?: string | undefined } }): boolean {
  return host === undefined || (host.length <= hostLengthMax && URL.canParse(`http://${host}`));
}

const staticPrefix = '/_next/static/';

/**
 * Whether a path leads to a file of the build: cheap, and the same for everybody. Next takes `..` out of a path, as browsers
 * do, whatever way it is written: what leaves the folder so is a page.
 */
export function isBuildFile(path: string): boolean {
  const base = 'http://web.invalid';
  if (!path.startsWith(staticPrefix) || !URL.canParse(path, base)) return false;
  return new URL(path, base).pathname.startsWith(staticPrefix);
}
