import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  addressKey,
  type Backend,
  type Context,
  type FairGate,
  type GateBounds,
  toExpected,
} from '@confab/api';
import { ConfabError, limits } from '@confab/contract';
import type { Log } from '@confab/log';
import { answerPage } from './answer-page.ts';
import { stampedClient } from './forwarded-headers.ts';
import { openContext } from './open-context.ts';
import type { Pages } from './open-pages.ts';
import { isBuildFile, pathOf } from './origin-form.ts';
import type { PageContexts } from './page-contexts.ts';
import { contentSecurityPolicy, newNonce } from './security-headers.ts';
import { whileThere } from './while-there.ts';

export interface PageHandlerOptions {
  readonly backend: Pick<Backend, 'createContext'>;
  readonly pages: Pages;
  readonly log: Log;
  readonly development: boolean;
  readonly contexts: PageContexts;
  readonly renders: FairGate;
}

/**
 * Serves the pages, and the files that belong to them. Whoever asks is known before anything is rendered: the session
 * decides whose turn it is, and a database that is away is answered in words.
 */
export function createPageHandler(options: PageHandlerOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = pathOf(request);
    const nonce = newNonce();
    const { scheme } = stampedClient(request.headers);
    const policy = contentSecurityPolicy(nonce, {
      development: options.development,
      https: scheme === 'https',
    });
    response.setHeader('content-security-policy', policy);
    if (!isPath(path)) {
      answerPage(response, new ConfabError('NOT_FOUND'));
      return;
    }
    // Pages change nothing, so whatever could has no business there. Next's own tools post in development.
    if (!options.development && request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD', connection: 'close' }).end();
      return;
    }
    // Next marks its own scripts by the nonce that it finds in the request's policy.
    request.headers['content-security-policy'] = policy;
    request.headers['x-nonce'] = nonce;
    request.headers['x-confab-path'] = path;
    if (isBuildFile(path)) await options.pages.handle(request, response);
    else await render(options, request, response);
  };
}

async function render(
  { backend, pages, log, contexts, renders }: PageHandlerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const context = await openContext(backend, request, response);
    const turn = { key: turnOf(context), kind: 'read' as const, signal: closedOf(context) };
    await renders.run(turn, () => {
      const rendered = contexts.run(context, () => pages.handle(request, response));
      return whileThere(rendered, response, limits.abandonedRenderMs);
    });
  } catch (error) {
    if (response.destroyed) return;
    const known = toExpected(error);
    if (!known || response.headersSent) throw error;
    if (known.code === 'UNAVAILABLE') log.warn('page.unavailable', { path: pathOf(request), error });
    answerPage(response, known);
  }
}

/** A person is one, however many addresses they have. */
function turnOf({ actor, origin }: Context): string {
  return actor?.userId ?? addressKey(origin.address);
}

function closedOf({ connection }: Context): AbortSignal | undefined {
  return connection.transport === 'http' ? connection.closed : undefined;
}

/** `*`, and what is no UTF-8 once it is decoded, are no paths of ours. */
function isPath(path: string): boolean {
  if (!path.startsWith('/')) return false;
  try {
    return !decodeURIComponent(path).includes('\0');
  } catch {
    // Not to be decoded: nothing can be there.
    return false;
  }
}

export const pageTurns: GateBounds = {
  atOnceMax: limits.pageRendersMax,
  atOncePerKeyMax: limits.pageRendersPerPersonMax,
  waitingPerKeyMax: limits.pageRendersWaitingPerPersonMax,
  waitingMax: limits.pageRendersWaitingMax,
};
