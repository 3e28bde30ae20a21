import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRestApi, type Backend } from '@confab/api';
import { ConfabError } from '@confab/contract';
import type { Log } from '@confab/log';
import { stampedClient } from './forwarded-headers.ts';
import { openContext } from './open-context.ts';
import { readJsonBody } from './read-json-body.ts';

/** Everything here that is not tRPC is REST, and what is neither does not exist. */
export const apiPrefix = '/api/';

export interface RestHandlerOptions {
  readonly backend: Pick<Backend, 'createContext' | 'refuseCrossSite' | 'noteRefusal' | 'cookieNames'>;
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
      address: stampedClient(request.headers).address,
      readBody: () => readWhole(request),
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

/** Whoever goes while they are speaking made no mistake of ours: nobody reads the refusal, and no log an error. */
async function readWhole(request: IncomingMessage): Promise<string> {
  try {
    return await readJsonBody(request);
  } catch (cause) {
    if (cause instanceof ConfabError) throw cause;
    throw new ConfabError('BAD_INPUT', { message: 'The body was cut off.', cause });
  }
}
