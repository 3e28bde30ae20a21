import type { OpenApiDocument } from '../openapi/document.ts';
import { type Html, html, json } from './html.ts';
import { renderFields } from './render-schema.ts';

/** Each code has the anchor that a problem's `type` leads to. */
export function renderErrors({ components }: OpenApiDocument): Html {
  return html`<section aria-labelledby="errors">
    <h2 id="errors">Errors</h2>
    <p>
      Every refusal is <code>application/problem+json</code> (RFC 9457). <code>code</code> is for programs,
      <code>detail</code> for people; <code>429</code> and <code>503</code> say in
      <code>Retry-After</code> when to try again.
    </p>
    ${Object.entries(components.examples).map(
      ([code, { summary, value }]) =>
        html`<h3 id="${code}"><code>${code}</code></h3>
          <p>${summary}</p>
          <details>
            <summary>Example</summary>
            ${json(value)}
          </details>`,
    )}
  </section>`;
}

export function renderSchemas({ components }: OpenApiDocument): Html {
  return html`<section aria-labelledby="schemas">
    <h2 id="schemas">Schemas</h2>
    ${Object.entries(components.schemas).map(
      ([name, schema]) =>
        html`<h3 id="schema-${name}">${name}</h3>
          ${renderFields(schema)}`,
    )}
  </section>`;
}
