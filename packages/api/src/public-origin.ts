import { z } from 'zod';

/** What is wrong with an address that is meant to be an origin; null when nothing is. */
function problemOf(text: string): string | null {
  if (!URL.canParse(text)) return `"${text}" is not an address. Write it like https://chat.example.org.`;
  const { protocol, username, password, pathname, search, hash, origin } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return `"${text}" must start with https:// or http://.`;
  if (username !== '' || password !== '') return `The address ${origin} must not hold a name or a password.`;
  if (pathname !== '/' || search !== '' || hash !== '') {
    return `"${text}" has a path. Confab is served from the root of a host: write ${origin}.`;
  }
  return null;
}

/**
 * An address under which browsers reach the product, in the one form in which they send it as Origin (RFC 6454,
 * section 6.1): lower case, no default port, no slash at the end.
 */
export const publicOrigin = z.string().transform((text, context) => {
  const problem = problemOf(text);
  if (problem === null) return new URL(text).origin;
  context.addIssue({ code: 'custom', message: problem });
  return z.NEVER;
});
