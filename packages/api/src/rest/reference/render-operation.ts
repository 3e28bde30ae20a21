import type { OpenApiContent, OpenApiOperation, OpenApiResponse } from '../openapi/document.ts';
import { type Html, html, json, prose } from './html.ts';
import { describeSchema, renderFields } from './render-schema.ts';

export interface OperationRow {
  readonly path: string;
  readonly method: string;
  readonly operation: OpenApiOperation;
}

export function operationAnchor({ operationId }: OpenApiOperation): string {
  return `operation-${operationId}`;
}

export function renderOperation({ path, method, operation }: OperationRow): Html {
  const { summary, description, security, parameters = [], requestBody, responses } = operation;
  const anchor = operationAnchor(operation);
  return html`<article aria-labelledby="${anchor}">
    <h3 id="${anchor}"><b>${method}</b> <code>${path}</code></h3>
    <p>${summary}. ${description === undefined ? '' : prose(description)}</p>
    ${security && html`<p>Open to everybody: no token is needed.</p>`}
    ${
      parameters.length > 0 &&
      html`<h4>Parameters</h4>
        <dl>
          ${parameters.map(
            ({ name, in: place, required, schema, description: text = '' }) =>
              html` <dt><code>${name}</code> <span>${place}${required ? ', required' : ''}</span></dt>
                <dd>${describeSchema(schema)} ${prose(text)}</dd>`,
          )}
        </dl>`
    }
    ${
      requestBody &&
      html`<h4>Body</h4>
        ${renderContent(requestBody.content)}`
    }
    <h4>Answers</h4>
    <dl>
      ${Object.entries(responses).map(
        ([status, response]) =>
          html` <dt>${status}</dt>
            <dd>${renderResponse(response)}</dd>`,
      )}
    </dl>
  </article>`;
}

function renderResponse({ description, content }: OpenApiResponse): Html {
  if (!content) return html`${description}`;
  const codes = Object.keys(content['application/problem+json']?.examples ?? {});
  if (codes.length === 0) return html`${renderContent(content)}`;
  return html`${codes.map((code) => html`<a href="#${code}"><code>${code}</code></a> `)}`;
}

function renderContent(content: OpenApiContent): Html[] {
  return Object.values(content).map(
    ({ schema, example }) => html`
      ${schema.$ref === undefined ? renderFields(schema) : describeSchema(schema)}
      ${
        example !== undefined &&
        html`<details>
          <summary>Example</summary>
          ${json(example)}
        </details>`
      }
    `,
  );
}
