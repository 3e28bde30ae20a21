import type { IncomingMessage, ServerResponse } from 'node:http';
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http';
import type { Backend } from '@confab/api';
import { ConfabError, limits } from '@confab/contract';
import type { Log } from '@confab/log';
import { answerError } from './answer-error.ts';
import { openContext } from './open-context.ts';
import { pathOf } from './origin-form.ts';
import { readJsonBody } from './read-json-body.ts';
import { requireSameSite } from './require-same-site.ts';

/** Where the router is served. */
export const trpcPrefix = '/api/trpc/';

export interface TrpcHandlerOptions {
  readonly backend: Pick<Backend, 'router' | 'createContext' | 'refuseCrossSite' | 'noteRefusal'>;
  readonly log: Log;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Serves the router over HTTP; limits and the cross-site check stand before it. */
export function createTrpcHandler({ backend, log }: TrpcHandlerOptions): Handler {
  return async (request, response) => {
    response.setHeader('cache-control', 'no-store');
    try {
      refuseForm(request);
      const path = callPath(request);
      requireSameSite(backend, request);
      const body = request.method === 'POST' ? await readJsonBody(request) : undefined;
      const context = await openContext(backend, request, response);
      await nodeHTTPRequestHandler({
        router: backend.router,
        // The adapter takes a body that was read before from here.
        req: Object.assign(request, { body }),
        res: response,
        path,
        // A second fence: what the adapter itself is going to run.
        maxBatchSize: limits.batchCallsMax,
        createContext: () => context,
        responseMeta: ({ errors }) => ({ headers: retryAfter(errors) }),
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

const methods: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD', 'POST']);

/** What the adapter would hand to parsers of its own. @throws ConfabError BAD_INPUT */
function refuseForm({ method, headers }: IncomingMessage): void {
  if (!methods.has(method)) throw new ConfabError('BAD_INPUT', { message: 'Call by GET or POST.' });
  const isForm = /^(?:multipart\/form-data|application\/octet-stream)/.test(headers['content-type'] ?? '');
  if (isForm) throw new ConfabError('BAD_INPUT', { message: 'Send the body as application/json.' });
}

/** When to come back, as HTTP says it: of a batch, when that makes sense for all of it. */
function retryAfter(errors: readonly Error[]): Record<string, string> {
  const waits = errors.map(
    ({ cause }) => (cause instanceof ConfabError ? cause.details.retryAfterMs : 0) ?? 0,
  );
  const waitMs = Math.max(0, ...waits);
  return waitMs > 0 ? { 'retry-after': String(Math.ceil(waitMs / 1_000)) } : {};
}

/**
 * `a.b,c.d` of a batch, as it stands in the URL: the adapter decodes it, once, and splits what it finds.
 * @throws ConfabError BAD_INPUT when it asks for too many calls at once
 */
function callPath(request: IncomingMessage): string {
  const path = pathOf(request).slice(trpcPrefix.length);
  if (decodePath(path).split(',').length > limits.batchCallsMax) {
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
