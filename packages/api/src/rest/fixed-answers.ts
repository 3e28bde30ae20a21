import type { RestAnswer } from './create-rest-api.ts';
import { buildDocument } from './openapi/build-document.ts';
import type { Operation } from './operation.ts';
import { renderReference } from './reference/render-reference.ts';

/** What is the same for everybody: the document, and the page that is made from it. */
export function fixedAnswers(operations: readonly Operation[]): ReadonlyMap<string, RestAnswer> {
  const document = buildDocument(operations);
  const answer = (type: string, body: string): RestAnswer => ({
    status: 200,
    headers: { 'content-type': type, 'cache-control': 'no-cache' },
    body,
  });
  return new Map([
    ['/api/openapi.json', answer('application/json', JSON.stringify(document))],
    ['/api/docs', answer('text/html; charset=utf-8', renderReference(document))],
  ]);
}
