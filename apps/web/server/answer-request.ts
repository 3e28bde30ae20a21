import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Backend, FairGate, type GateBounds, problemHeaders, toProblem } from '@confab/api';
import { ConfabError } from '@confab/contract';
import type { Log } from '@confab/log';
import { createAccountForms } from './account-forms.ts';
import { answerError } from './answer-error.ts';
import { answerPage } from './answer-page.ts';
import { stampedClient } from './forwarded-headers.ts';
import { answerHealth, answerLiveness, healthPath, livenessPath } from './health.ts';
import type { Pages } from './open-pages.ts';
import { hasUsableHost, isBuildFile, pathOf } from './origin-form.ts';
import { PageContexts } from './page-contexts.ts';
import { apiPrefix, createRestHandler } from './rest-handler.ts';
import { createPageHandler, pageTurns } from './page-handler.ts';
import { contentSecurityPolicy, newNonce, securityHeaders } from './security-headers.ts';
import { createTrpcHandler, trpcPrefix } from './trpc-handler.ts';

/**
 * Asked before the entry works for a request: before a body is read, a session looked up, a page rendered.
 * @throws ConfabError RATE_LIMITED, and the request is answered with 429 and when to come back
 */
type Admit = (request: IncomingMessage, address: string) => void | Promise<void>;

export interface AnswerOptions {
  readonly backend: Pick<
    Backend,
    | 'router'
    | 'caller'
    | 'createContext'
    | 'cookieNames'
    | 'refuseCrossSite'
    | 'noteRefusal'
    | 'health'
    | 'services'
  >;
  readonly pages: Pages;
  readonly log: Log;
  readonly development: boolean;
  /** Everybody is admitted when absent. */
  readonly admit?: Admit;
  /** HSTS of an https origin speaks for the hosts below it too. */
  readonly hstsIncludesSubdomains?: boolean;
  /** Where server components ask who they render for. */
  readonly contexts?: PageContexts;
  /** For tests: how many pages are rendered at once. */
  readonly pageTurns?: GateBounds;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Answers a request whose client is stamped by then. */
export function createAnswer(options: AnswerOptions): Answer {
  const { backend, log, admit, hstsIncludesSubdomains } = options;
  const headers = {
    http: new Map(Object.entries(securityHeaders({ https: false }))),
    https: new Map(Object.entries(securityHeaders({ https: true, hstsIncludesSubdomains }))),
  };
  const handleTrpc = createTrpcHandler({ backend, log });
  const handleRest = createRestHandler({ backend, log });
  const accountForms = createAccountForms({ backend, log });
  const handlePage = createPageHandler({
    ...options,
    contexts: options.contexts ?? new PageContexts(),
    renders: new FairGate(options.pageTurns ?? pageTurns),
  });

  return async (request, response) => {
    const path = pathOf(request);
    const { address, scheme } = stampedClient(request.headers);
    response.setHeaders(headers[scheme]);
    if (!hasUsableHost(request)) {
      refuse(request, response, new ConfabError('BAD_INPUT', { message: 'The Host is not valid.' }));
      return;
    }
    if (path === livenessPath) {
      answerLiveness(backend, response);
      return;
    }
    if (admit && !isBuildFile(path)) {
      const refusal = await refusalOf(() => admit(request, address));
      if (refusal) {
        refuse(request, response, refusal);
        return;
      }
    }
    if (path === healthPath) return answerHealth(backend, response);
    if (path.startsWith(trpcPrefix)) return handleTrpc(request, response);
    if (`${path}/`.startsWith(apiPrefix)) {
      // Its reference is a page, and has no script.
      response.setHeader('content-security-policy', policyOf(request, options, newNonce()));
      return handleRest(request, response);
    }
    if (accountForms.takes(request.method, path) && (await accountForms.handle(request, response))) return;
    return handlePage(request, response);
  };
}

function policyOf({ headers }: IncomingMessage, { development }: AnswerOptions, nonce: string): string {
  return contentSecurityPolicy(nonce, { development, https: stampedClient(headers).scheme === 'https' });
}

async function refusalOf(admit: () => void | Promise<void>): Promise<ConfabError | null> {
  try {
    await admit();
    return null;
  } catch (error) {
    if (error instanceof ConfabError) return error;
    throw error;
  }
}

/** In the form in which the asker reads answers: of a call, of the REST API, or of a page. */
function refuse(request: IncomingMessage, response: ServerResponse, error: ConfabError): void {
  const path = pathOf(request);
  // A body that nobody reads would be taken for the next request.
  if (!request.complete) response.setHeader('connection', 'close');
  if (path.startsWith(trpcPrefix)) {
    answerError(response, error);
  } else if (path === healthPath || `${path}/`.startsWith(apiPrefix)) {
    const problem = toProblem({ details: error.details, message: error.message });
    response.writeHead(problem.status, { ...problemHeaders(problem), 'cache-control': 'no-store' });
    response.end(JSON.stringify(problem));
  } else {
    response.setHeader('content-security-policy', contentSecurityPolicy(newNonce(), plainPage));
    answerPage(response, error);
  }
}

const plainPage = { development: false, https: false };
