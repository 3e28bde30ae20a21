import type { IncomingMessage, ServerResponse } from 'node:http';
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http';
import type { Backend } from '@confab/api';
import { ConfabError, limits } from '@confab/contract';
import type { Log } from '@confab/log';
import { answerError } from './answer-error.ts';
import { openContext } from './open-context.ts';
import { readJsonBody } from './read-json-body.ts';

/** Where the router is served. */
export const trpcPrefix = '/api/trpc/';

export interface TrpcHandlerOptions {
  readonly backend: Pick<Backend, 'router' | 'createContext' | 'refuseCrossSite'>;
  readonly log: Log;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Serves the router over HTTP; limits and the cross-site check stand before it. */
export function createTrpcHandler({ backend, log }: TrpcHandlerOptions): Handler {
  return async (request, response) => {
    response.setHeader('cache-control', 'no-store');
    try {
      const path = callPath(request);
      const refusal = backend.refuseCrossSite(request.method ?? 'GET', request.headers);
      if (refusal) throw refusal;
      const body = request.method === 'POST' ? await readJsonBody(request) : undefined;
      const context = await openContext(backend, request, response);
      await nodeHTTPRequestHandler({
        router: backend.router,
        // The adapter takes a body that was read before from here.
        req: Object.assign(request, { body }),
        res: response,
        path,
        createContext: () => context,
      });
    } catch (error) {
      if (request.destroyed && !request.complete) return;
      const known = error instanceof ConfabError ? error : new ConfabError('INTERNAL', { cause: error });
      if (known.code === 'INTERNAL' || known.code === 'UNAVAILABLE')
        log.error('request.failed', { error: known });
      // What is left of the body is not read: the connection ends with the answer.
      response.setHeader('connection', 'close');
      answerError(response, known);
    }
  };
}

/** `a.b,c.d` of a batch. @throws ConfabError BAD_INPUT when it asks for too many calls at once */
function callPath(request: IncomingMessage): string {
  const { pathname } = new URL(request.url ?? '/', 'http://web.invalid');
  const path = decodePath(pathname.slice(trpcPrefix.length));
  if (path.split(',').length > limits.batchCallsMax) {
    throw new ConfabError('BAD_INPUT', { message: `At most ${limits.batchCallsMax} calls at once.` });
  }
  return path;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    throw new ConfabError('BAD_INPUT', { cause });
  }
}
