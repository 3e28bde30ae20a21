import { plainTextPattern, seenLinePattern, seenTextPattern } from '@confab/contract';
import type { JsonSchema } from '../json-schema.ts';
import { type Html, html, prose } from './html.ts';

const patternWords: Readonly<Record<string, string>> = {
  [plainTextPattern]: 'no control characters',
  [seenLinePattern]: 'something to see, no control characters',
  [seenTextPattern]: 'something to see, no control characters',
};

/** What each keyword says, in words. */
const limits: Readonly<Record<string, (value: string) => string>> = {
  minLength: (value) => `at least ${value} characters`,
  maxLength: (value) => `at most ${value} characters`,
  minimum: (value) => `from ${value}`,
  maximum: (value) => `to ${value}`,
  minItems: (value) => `at least ${value}`,
  maxItems: (value) => `at most ${value}`,
  format: (value) => value,
  pattern: (value) => patternWords[value] ?? value,
  default: (value) => `${value} by default`,
};

/** A schema's kind and limits, on one line; a component is a link. */
export function describeSchema(schema: JsonSchema): Html {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
    return html`<a href="#schema-${name}">${name}</a>`;
  }
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) {
    return html`${alternatives.map((alternative, i) => html`${i > 0 ? ' or ' : ''}${describeSchema(alternative)}`)}`;
  }
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (schema.enum)
    return html`${schema.enum.map((value, i) => html`${i > 0 ? ', ' : ''}<code>${String(value)}</code>`)}`;
  const words = Object.entries(limits).flatMap(([keyword, word]) => {
    const value = schema[keyword];
    const boundless = value === Number.MAX_SAFE_INTEGER;
    return value === undefined || boundless
      ? []
      : [word(typeof value === 'string' ? value : JSON.stringify(value))];
  });
  const kind = schema.items
    ? html`list of ${describeSchema(schema.items)}`
    : html`${schema.type ?? 'anything'}`;
  return html`${kind}${words.length > 0 ? `, ${words.join(', ')}` : ''}`;
}

/** The fields of an object; of a choice between objects, those of each. */
export function renderFields(schema: JsonSchema): Html {
  if (schema.oneOf)
    return html`${schema.oneOf.map((one, i) => html`${i > 0 && html`<p>or</p>`}${renderFields(one)}`)}`;
  const { properties = {}, required = [] } = schema;
  return html`<dl>
    ${Object.entries(properties).map(
      ([name, field]) =>
        html` <dt><code>${name}</code> <span>${required.includes(name) ? '' : 'optional'}</span></dt>
          <dd>
            ${describeSchema(field)}${field.description === undefined ? '' : html`. ${prose(field.description)}`}
          </dd>`,
    )}
  </dl>`;
}
