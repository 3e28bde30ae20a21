import type { BSONRegExp } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';

/**
 * A PCRE pattern as a JS one. What JS spells differently is refused by name, never matched differently:
 * inline flags, possessive quantifiers, atomic groups, POSIX classes, \A \z \Z \Q \R \h, and the option x.
 */
export function compileRegex(source: BSONRegExp): RegExp {
  for (const option of source.options) {
    if (!'imsu'.includes(option)) throw new StoreError(51108, `invalid flag in regex options: ${option}`);
  }
  const refused = /\(\?[>#(P'&|+-]|\(\?[a-zA-Z]|\[\[:|\\[AzZQERhHKGX]|(?<!\\)[*+?}]\+/.exec(source.pattern);
  if (refused !== null) {
    throw new StoreError(
      'BadValue',
      `Regular expression feature is not supported by this server: ${refused[0]}`,
    );
  }
  // Without `u` JS would count an emoji as two characters, where PCRE in UTF mode counts one.
  const flags = [...new Set(source.options.replace('u', ''))].join('');
  try {
    return new RegExp(source.pattern, `${flags}u`);
  } catch {
    return withoutUnicode(source.pattern, flags);
  }
}

/** PCRE accepts escapes such as `\-` or `\_` that JS refuses in unicode mode. */
function withoutUnicode(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch (error) {
    throw new StoreError(
      51091,
      `Regular expression is invalid: ${error instanceof Error ? error.message : ''}`,
    );
  }
}
