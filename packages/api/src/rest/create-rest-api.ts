import type { IncomingHttpHeaders } from 'node:http';
import { ConfabError } from '@confab/contract';
import type { Log } from '@confab/log';
import type { Backend } from '../backend.ts';
import type { Context } from '../context.ts';
import { callOperation } from './call-operation.ts';
import { allowedMethods, createFindPlace } from './find-operation.ts';
import { fixedAnswers, unlessKnown } from './fixed-answers.ts';
import { compileOperation } from './operation.ts';
import { problemHeaders, toProblem } from './problem.ts';
import { MethodRefused, toRefusal } from './refusal.ts';
import { isMethod } from './route.ts';
import { routes } from './routes.ts';

/** A request, as far as answering it needs it. */
export interface RestRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** The client's, as far as it can be trusted. */
  readonly address: string;
  /** The body's text, bounded. @throws ConfabError TOO_LARGE, BAD_INPUT */
  readBody(): Promise<string>;
  /** Who asks. @throws ConfabError UNAVAILABLE */
  openContext(): Promise<Context>;
}

export interface RestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface RestApi {
  /** Answers whatever stands under `/api/`, refusals included; never rejects. */
  answer(request: RestRequest): Promise<RestAnswer>;
}

export interface RestApiOptions {
  readonly backend: Pick<Backend, 'refuseCrossSite' | 'noteRefusal' | 'cookieNames'>;
  readonly log: Log;
}

/** What changes from one moment to the next, or is for one person only, is kept nowhere. */
const noStore = { 'cache-control': 'no-store' };

/** The router's procedures as REST; the table of routes says which ones, and where. */
export function createRestApi({ backend, log }: RestApiOptions): RestApi {
  const operations = routes.map(compileOperation);
  const findPlace = createFindPlace(operations);
  const fixed = fixedAnswers(operations, backend.cookieNames({}).session);

  async function answer(request: RestRequest): Promise<RestAnswer> {
    const [path = '', ...rest] = request.url.split('?');
    // Answered like its GET; the body does not go out.
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const fixedAnswer = fixed.get(path);
    const place = fixedAnswer ? null : findPlace(path);
    if (!fixedAnswer && !place)
      throw new ConfabError('NOT_FOUND', { message: 'Nothing answers under this path.' });

    const allow = allowedMethods(place?.operations.keys() ?? ['GET']);
    if (method === 'OPTIONS') return { status: 204, headers: { allow }, body: '' };
    const operation = isMethod(method) ? place?.operations.get(method) : undefined;
    if (fixedAnswer && method === 'GET') return unlessKnown(fixedAnswer, request);
    if (!place || !operation) throw new MethodRefused(allow);

    const crossSite = backend.refuseCrossSite(method, request.headers);
    if (crossSite) {
      const { code } = crossSite;
      const { path: asked } = operation;
      backend.noteRefusal({
        code,
        path: asked,
        address: request.address,
        userId: null,
        conversationId: null,
      });
      throw crossSite;
    }
    const { status, body } = await callOperation(operation, request, {
      params: place.params,
      query: rest.join('?'),
    });
    return { status, body, headers: { ...noStore, ...(body && { 'content-type': 'application/json' }) } };
  }

  return {
    async answer(request) {
      try {
        return await answer(request);
      } catch (error) {
        const refusal = toRefusal(error, log);
        const problem = toProblem(refusal);
        const headers = { ...noStore, ...problemHeaders(problem), ...refusal.headers };
        return { status: problem.status, headers, body: JSON.stringify(problem) };
      }
    },
  };
}
