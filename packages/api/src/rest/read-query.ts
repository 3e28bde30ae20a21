import { ConfabError } from '@confab/contract';

/**
 * The parameters of a query string, each with its values in order. Unlike URLSearchParams it refuses what is not valid
 * UTF-8, which would otherwise arrive as replacement characters.
 * @throws ConfabError BAD_INPUT
 */
export function readQuery(query: string): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decode(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? '' : decode(pair.slice(equals + 1));
    const others = values.get(name);
    // In place: a copy for every repetition would make a long query cost its square.
    if (others) others.push(value);
    else values.set(name, [value]);
  }
  return values;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (cause) {
    throw new ConfabError('BAD_INPUT', { message: 'The query is not valid UTF-8.', cause });
  }
}
