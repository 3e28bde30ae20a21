import { createServer, type IncomingMessage } from 'node:http';
import type { Backend, Context } from '@confab/api';
import { ConfabError } from '@confab/contract';
import type { Log } from '@confab/log';
import { TRPCError } from '@trpc/server';
import { applyWSSHandler, type CreateWSSContextFnOptions } from '@trpc/server/adapters/ws';
import type { WebSocketServer } from 'ws';
import { closeCodes } from './close-codes.ts';
import type { GuardLimits } from './guard/guard-options.ts';
import type { Held } from './guard/guarded-socket.ts';
import { type Listening, Listeners } from './listeners.ts';
import { openGuard } from './open-guard.ts';
import { Sockets } from './sockets.ts';
import { type Opening, serveUpgrades } from './upgrades.ts';

export interface WsServerOptions extends Listening {
  readonly backend: Backend;
  readonly log: Log;
  readonly publicOrigins: readonly string[];
  /** The address of a client over TCP, as far as it can be trusted. */
  readonly clientAddress: (request: IncomingMessage) => string;
  /** Sockets that have not authenticated by then are closed. */
  readonly authenticationTimeoutMs?: number;
  /** Between two rounds of the watchdog; for tests that drive it themselves. */
  readonly watchEveryMs?: number;
  /** For tests; by default as the product has them. */
  readonly guardLimits?: GuardLimits;
  readonly lookEveryMs?: number;
}

export interface WsServer {
  /** 0 without TCP. */
  readonly port: number;
  /** How many there are. */
  sockets(): number;
  /** What is kept for all of them together, in bytes. */
  held(): Held;
  /** Tells clients to reconnect elsewhere, gives answers under way this long to leave, then closes every socket. */
  close(drainMs: number): Promise<void>;
}

/** Serves the router over WebSocket at `/ws`, and `/healthz` and `/livez` over HTTP. Rejects when the port, or the socket, is taken. */
export async function startWsServer(options: WsServerOptions): Promise<WsServer> {
  const { backend, log, guardLimits: limits, lookEveryMs } = options;
  const sockets = new Sockets(options);
  const guard = openGuard({ log, ...(limits && { limits }), ...(lookEveryMs && { lookEveryMs }) });
  const http = createServer(
    {
      headersTimeout: 8_000,
      requestTimeout: 10_000,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 16_384,
    },
    (request, response) => {
      answerHttp(backend, request.url ?? '/')
        .then(({ status, body }) => {
          response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
          response.end(JSON.stringify(body));
        })
        .catch((error: unknown) => {
          log.error('request.failed', { error });
          response.destroy();
        });
    },
  );
  const listeners = new Listeners(http);
  const clientAddress = (request: IncomingMessage) =>
    // Over the socket comes web, which writes the one address that it has found out.
    listeners.cameOverSocket(request)
      ? String(request.headers['x-forwarded-for'] ?? '')
      : options.clientAddress(request);

  const { wss, openings } = serveUpgrades(http, { ...options, clientAddress, sockets, guard });
  const handler = applyWSSHandler({
    wss,
    router: backend.router,
    createContext: async ({ req, info }: CreateWSSContextFnOptions) => {
      const opening = openings.get(req);
      if (!opening) throw new TypeError('a socket without an opening');
      if (opening.context) return opening.context;
      const context = await contextOfToken(backend, { request: req, opening, params: info.connectionParams });
      opening.authenticated();
      if (sockets.admit(opening.socket, context)) return context;
      throw new TRPCError({ code: 'TOO_MANY_REQUESTS', cause: new ConfabError('RATE_LIMITED') });
    },
  });

  await listeners.open(options);
  return {
    port: listeners.port,
    sockets: () => guard.size,
    held: () => guard.held(),
    async close(drainMs) {
      listeners.close();
      handler.broadcastReconnectNotification();
      await allClosed(wss, drainMs);
      guard.close();
      await sockets.close();
      http.closeAllConnections();
    },
  };
}

async function answerHttp(backend: Backend, url: string): Promise<{ status: number; body: object }> {
  if (url === '/livez') return { status: 200, body: backend.services() };
  if (url !== '/healthz') return { status: 404, body: { error: 'not found' } };
  const health = await backend.health();
  return { status: health.ok ? 200 : 503, body: health };
}

interface PromisedToken {
  readonly request: IncomingMessage;
  readonly opening: Opening;
  readonly params: CreateWSSContextFnOptions['info']['connectionParams'];
}

/** The context of a program that promised its token for the first message. */
async function contextOfToken(
  backend: Backend,
  { request, opening, params }: PromisedToken,
): Promise<Context> {
  const token = params?.['token'];
  const context = await backend.createContext({
    connection: opening.connection,
    // Only the token counts: a cookie without an Origin could be another site's doing.
    headers: { authorization: `Bearer ${token ?? ''}`, 'user-agent': request.headers['user-agent'] ?? '' },
    clientAddress: opening.clientAddress,
  });
  if (context.actor) return context;
  throw new TRPCError({ code: 'UNAUTHORIZED', cause: new ConfabError('UNAUTHENTICATED') });
}

/** Waits for the sockets to leave; closes those that are still there after `drainMs`. */
async function allClosed(wss: WebSocketServer, drainMs: number): Promise<void> {
  const gone = Promise.all(
    [...wss.clients].map((socket) => new Promise((resolve) => socket.once('close', resolve))),
  );
  const closing = setTimeout(() => {
    for (const socket of wss.clients) socket.close(closeCodes.restarting, 'restarting');
  }, drainMs);
  const killing = setTimeout(() => {
    for (const socket of wss.clients) socket.terminate();
  }, drainMs + 1_000);
  await gone;
  clearTimeout(closing);
  clearTimeout(killing);
}
