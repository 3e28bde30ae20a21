import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRestApi, type Backend } from '@confab/api';
import type { Log } from '@confab/log';
import { openContext } from './open-context.ts';
import { readJsonBody } from './read-json-body.ts';

/** Everything here that is not tRPC is REST, and what is neither does not exist. */
export const apiPrefix = '/api/';

export interface RestHandlerOptions {
  readonly backend: Pick<Backend, 'createContext' | 'refuseCrossSite'>;
  readonly log: Log;
}

/** Serves the REST API over HTTP. */
export function createRestHandler({ backend, log }: RestHandlerOptions) {
  const rest = createRestApi({ backend, log });
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, headers, body } = await rest.answer({
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      headers: request.headers,
      readBody: () => readJsonBody(request),
      openContext: () => openContext(backend, request, response),
    });
    // Nobody waits for an answer: the client went, or was ended for being slow.
    if (request.destroyed && !request.complete) return;
    // What is left of a refused body is not read: the connection ends with the answer.
    if (!request.complete) response.setHeader('connection', 'close');
    response.writeHead(status, { ...headers, ...(body && { 'content-length': Buffer.byteLength(body) }) });
    response.end(body);
  };
}
