import type { OpenApiDocument } from '../openapi/document.ts';
import { html, prose } from './html.ts';
import { operationAnchor, renderOperation } from './render-operation.ts';
import { renderErrors, renderSchemas } from './render-components.ts';
import { referenceStyle } from './reference-style.ts';

/** The document as one page for people: no script, nothing from elsewhere. */
export function renderReference(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const groups = document.tags.map((tag) => ({
    ...tag,
    operations: operations.filter(({ operation }) => operation.tags.includes(tag.name)),
  }));
  const navigation = groups.map(
    (group) =>
      html`<h2>${group.description}</h2>
        <ul>
          ${group.operations.map(
            ({ operation }) =>
              html`<li><a href="#${operationAnchor(operation)}">${operation.summary}</a></li>`,
          )}
        </ul>`,
  );
  const sections = groups.map(
    (group) =>
      html`<section aria-labelledby="tag-${group.name}">
        <h2 id="tag-${group.name}">${group.description}</h2>
        ${group.operations.map((row) => renderOperation(row))}
      </section>`,
  );
  const { title, description } = document.info;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}: HTTP API</title>
        <link rel="icon" href="data:," />
        ${referenceStyle}
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <nav aria-label="Operations">
          ${navigation}
          <h2>More</h2>
          <ul>
            <li><a href="#errors">Errors</a></li>
            <li><a href="#schemas">Schemas</a></li>
            <li><a href="/api/openapi.json">openapi.json</a></li>
          </ul>
        </nav>
        <main id="content" tabindex="-1">
          <h1>${title}: HTTP API</h1>
          <p>${prose(description)}</p>
          ${sections} ${renderErrors(document)} ${renderSchemas(document)}
        </main>
      </body>
    </html>`.markup;
}
