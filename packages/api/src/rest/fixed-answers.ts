import { createHash } from 'node:crypto';
import type { RestAnswer, RestRequest } from './create-rest-api.ts';
import { buildDocument } from './openapi/build-document.ts';
import type { Operation } from './operation.ts';
import { renderReference } from './reference/render-reference.ts';

function entityTag(body: string): string {
  return `"${createHash('sha256').update(body).digest('base64url')}"`;
}

/** Whether the asker has this answer already, by If-None-Match (RFC 9110, section 13.1.2). */
function isKnown({ headers: { etag } }: RestAnswer, ifNoneMatch = ''): boolean {
  return ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}

/** The answer, or 304 in its place for those who have it. */
export function unlessKnown(answer: RestAnswer, { headers }: Pick<RestRequest, 'headers'>): RestAnswer {
  if (!isKnown(answer, headers['if-none-match'])) return answer;
  const { 'content-type': _, ...rest } = answer.headers;
  return { status: 304, headers: rest, body: '' };
}

/** What is the same for everybody: the document, and the page that is made from it. */
export function fixedAnswers(
  operations: readonly Operation[],
  sessionCookie: string,
): ReadonlyMap<string, RestAnswer> {
  const document = buildDocument(operations, sessionCookie);
  const answer = (type: string, body: string): RestAnswer => ({
    status: 200,
    headers: { 'content-type': type, 'cache-control': 'no-cache', etag: entityTag(body) },
    body,
  });
  return new Map([
    ['/api/openapi.json', answer('application/json', JSON.stringify(document))],
    ['/api/docs', answer('text/html; charset=utf-8', renderReference(document))],
  ]);
}
