import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Backend, clientAddressReader } from '@confab/api';
import type { Log } from '@confab/log';
import { stampClientAddress } from './forwarded-headers.ts';
import { answerBrokenRequests } from './answer-broken-requests.ts';
import { answerHealth, healthPath } from './health.ts';
import { originForm } from './origin-form.ts';
import type { Pages } from './open-pages.ts';
import { contentSecurityPolicy, newNonce, securityHeaders } from './security-headers.ts';
import { apiPrefix, createRestHandler } from './rest-handler.ts';
import { createTrpcHandler, trpcPrefix } from './trpc-handler.ts';
import { asksForWebSocket, upgradingOnly } from './upgrades.ts';
import { createWebSocketProxy } from './websocket-proxy.ts';

export interface WebServerOptions {
  readonly backend: Pick<Backend, 'router' | 'createContext' | 'refuseCrossSite' | 'health'>;
  readonly pages: Pages;
  readonly log: Log;
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  readonly development: boolean;
  readonly publicOrigins: readonly string[];
  readonly trustedProxies: readonly string[];
  /** Of the ws server. */
  readonly wsUrl: string;
  readonly timeouts?: { readonly headersMs: number; readonly requestMs: number };
}

export interface WebServer {
  readonly port: number;
  /** Answers what is under way for at most `graceMs`, then ends every connection. */
  close(graceMs: number): Promise<void>;
}

/** Slower headers end with 408, larger ones with 431, slower bodies with 408. */
const defaultTimeouts = { headersMs: 8_000, requestMs: 20_000 };
const headerBytesMax = 16_384;
const webSocketPath = '/ws';

/** The one door of the product: pages, tRPC, health, and the upgrade of `/ws`. Rejects when the port is taken. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const { log, timeouts = defaultTimeouts } = options;
  const addressOf = clientAddressReader(options.trustedProxies);
  const proxy = createWebSocketProxy({ target: options.wsUrl, log });
  const answer = createAnswer(options);
  const takesUpgrade = (request: IncomingMessage) =>
    asksForWebSocket(request) &&
    // Asked before the request is received: its target is as it came.
    (pathOf({ url: originForm(request.url ?? '/') }) === webSocketPath || options.development);
  const http = createServer({
    IncomingMessage: upgradingOnly(takesUpgrade),
    headersTimeout: timeouts.headersMs,
    requestTimeout: timeouts.requestMs,
    connectionsCheckingInterval: Math.min(1_000, timeouts.headersMs),
    maxHeaderSize: headerBytesMax,
    keepAliveTimeout: 65_000,
  });
  const receive = (request: IncomingMessage) => {
    request.url = originForm(request.url ?? '/');
    stampClientAddress(request, addressOf(request));
  };
  answerBrokenRequests(http);
  http.on('request', (request: IncomingMessage, response: ServerResponse) => {
    receive(request);
    answer(request, response).catch((error: unknown) => {
      log.error('request.failed', { error });
      if (!response.headersSent) response.statusCode = 500;
      response.end();
    });
  });
  http.on('upgrade', (request: IncomingMessage, socket, head: Buffer) => {
    receive(request);
    if (pathOf(request) === webSocketPath) proxy.handle(request, socket, head);
    else void options.pages.upgrade(request, socket, head);
  });

  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port, options.host, resolve);
  });
  return {
    port: (http.address() as AddressInfo).port,
    async close(graceMs) {
      proxy.close();
      await closeServer(http, graceMs);
    },
  };
}

function pathOf({ url = '/' }: Pick<IncomingMessage, 'url'>): string {
  return url.split('?', 1)[0] ?? '/';
}

function createAnswer(options: WebServerOptions) {
  const { backend, pages, log, development } = options;
  const https = options.publicOrigins.every((origin) => origin.startsWith('https://'));
  const headers = new Map(Object.entries(securityHeaders({ https })));
  const handleTrpc = createTrpcHandler({ backend, log });
  const handleRest = createRestHandler({ backend, log });

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = pathOf(request);
    response.setHeaders(headers);
    if (path === healthPath) return answerHealth(backend, response);
    if (path.startsWith(trpcPrefix)) return handleTrpc(request, response);
    const nonce = newNonce();
    const policy = contentSecurityPolicy(nonce, { development, https });
    if (`${path}/`.startsWith(apiPrefix)) {
      // Its reference is a page, and has no script.
      response.setHeader('content-security-policy', policy);
      return handleRest(request, response);
    }
    // Pages change nothing, so whatever could has no business there. Next's own tools post in development.
    if (!development && request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD', connection: 'close' }).end();
      return;
    }
    // Next marks its own scripts by the nonce that it finds in the request's policy.
    request.headers['content-security-policy'] = policy;
    request.headers['x-nonce'] = nonce;
    request.headers['x-confab-path'] = path;
    response.setHeader('content-security-policy', policy);
    return pages.handle(request, response);
  };
}

/** Kept-alive connections that fall idle while the last answers leave would hold the server open. */
async function closeServer(http: Server, graceMs: number): Promise<void> {
  const closed = new Promise((resolve) => http.close(resolve));
  const sweeping = setInterval(() => {
    http.closeIdleConnections();
  }, 100);
  const ending = setTimeout(() => {
    http.closeAllConnections();
  }, graceMs);
  await closed;
  clearInterval(sweeping);
  clearTimeout(ending);
}
