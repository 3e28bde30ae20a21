import type { JsonSchema } from './json-schema.ts';

/** A number as JSON writes it, so that neither "", " 1", "0x10" nor "NaN" is one. */
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * What the texts of one query parameter or path segment mean where this is asked for: `10` is a number because the schema
 * wants one. A text that cannot be meant stays as it is, and several for one value stay several: the schema
 * refuses them, in its own words.
 * @throws Error for a schema that nothing in a URL can satisfy: a mistake in the table of routes
 */
export function fromText(texts: readonly string[], schema: JsonSchema): unknown {
  if (schema.type === 'array') return texts.map((text) => fromText([text], schema.items ?? {}));
  const [text] = texts;
  if (text === undefined || texts.length > 1) return texts;
  switch (schema.type) {
    case 'string':
      return text;
    case 'integer':
    case 'number':
      return jsonNumber.test(text) ? Number(text) : text;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    default:
      throw new Error(`a URL cannot carry ${JSON.stringify(schema)}`);
  }
}
