import { createServer, type IncomingMessage, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Backend, Context } from '@confab/api';
import { ConfabError, limits } from '@confab/contract';
import type { Log } from '@confab/log';
import { TRPCError } from '@trpc/server';
import { applyWSSHandler, type CreateWSSContextFnOptions } from '@trpc/server/adapters/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { authorizeUpgrade, type UpgradeRefusal } from './authorize-upgrade.ts';
import { BoundedSocket } from './bounded-socket.ts';
import { closeCodes, Sockets } from './sockets.ts';

export interface WsServerOptions {
  readonly backend: Backend;
  readonly log: Log;
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  readonly publicOrigins: readonly string[];
  /** The client's address, as far as it can be trusted. */
  readonly clientAddress: (request: IncomingMessage) => string;
  /** Sockets that have not authenticated by then are closed. */
  readonly authenticationTimeoutMs?: number;
  /** Between two rounds of the watchdog; for tests that drive it themselves. */
  readonly watchEveryMs?: number;
}

export interface WsServer {
  readonly port: number;
  /** Tells clients to reconnect elsewhere, gives answers under way this long to leave, then closes every socket. */
  close(drainMs: number): Promise<void>;
}

/** Serves the router over WebSocket at `/ws`, and `/healthz` over HTTP. Rejects when the port is taken. */
export async function startWsServer(options: WsServerOptions): Promise<WsServer> {
  const { backend, log } = options;
  const contexts = new WeakMap<IncomingMessage, Context>();
  const awaitingToken = new WeakMap<IncomingMessage, WebSocket>();
  const sockets = new Sockets(options);
  // Compression is off: frames are small, and shared frames are to be written to many sockets as they are.
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytesMax,
    perMessageDeflate: false,
    WebSocket: BoundedSocket,
  });
  const http = createServer(
    { headersTimeout: 8_000, requestTimeout: 10_000, maxHeaderSize: 16_384 },
    (request, response) => {
      void answerHttp(backend, request.url ?? '/').then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
        response.end(JSON.stringify(body));
      });
    },
  );

  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const clientAddress = options.clientAddress(request);
    authorizeUpgrade(backend, options.publicOrigins, { request, clientAddress }).then(
      (decision) => {
        if (!decision.admitted) {
          log.warn('socket.refused', { status: decision.status, address: clientAddress });
          refuse(socket, decision.status);
          return;
        }
        if (decision.context) contexts.set(request, decision.context);
        wss.handleUpgrade(request, socket, head, (webSocket) => wss.emit('connection', webSocket, request));
      },
      (error: unknown) => {
        log.error('socket.upgradeFailed', { error });
        refuse(socket, 503);
      },
    );
  });

  wss.on('connection', (socket, request) => {
    socket.on('error', (error) => {
      // A frame that breaks the protocol or is too large: ws answers with the right code and closes.
      log.warn('socket.failed', { error });
    });
    const context = contexts.get(request);
    if (context) sockets.admit(socket, context);
    else awaitingToken.set(request, socket);
  });

  const handler = applyWSSHandler({
    wss,
    router: backend.router,
    createContext: async ({ req, info }: CreateWSSContextFnOptions) => {
      const known = contexts.get(req);
      if (known) return known;
      const context = await contextOfToken(options, req, info.connectionParams);
      const socket = awaitingToken.get(req);
      if (socket) sockets.admit(socket, context);
      contexts.set(req, context);
      return context;
    },
    keepAlive: { enabled: true, pingMs: 10_000, pongWaitMs: 5_000 },
  });
  closeSilentSockets(wss, contexts, options.authenticationTimeoutMs ?? 5_000);

  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port, options.host, resolve);
  });
  return {
    port: (http.address() as AddressInfo).port,
    async close(drainMs) {
      http.close();
      handler.broadcastReconnectNotification();
      await allClosed(wss, drainMs);
      await sockets.close();
      http.closeAllConnections();
    },
  };
}

async function answerHttp(backend: Backend, url: string): Promise<{ status: number; body: object }> {
  if (url !== '/healthz') return { status: 404, body: { error: 'not found' } };
  const health = await backend.health();
  return { status: health.ok ? 200 : 503, body: health };
}

/** The connection goes with the answer, even if the client keeps its half open. */
function refuse(socket: Duplex, status: UpgradeRefusal | 503): void {
  const reason = STATUS_CODES[status] ?? '';
  // What the client sent beyond its request is read, and dropped: unread, it would turn our answer into a reset.
  socket
    .resume()
    .end(`HTTP/1.1 ${String(status)} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
      socket.destroy(),
    );
}

/** The context of a program that promised its token for the first message. */
async function contextOfToken(
  { backend, clientAddress }: WsServerOptions,
  request: IncomingMessage,
  params: CreateWSSContextFnOptions['info']['connectionParams'],
): Promise<Context> {
  const token = params?.['token'];
  const context = await backend.createContext({
    connection: { transport: 'socket', subscriptions: new Set() },
    // Only the token counts: a cookie without an Origin could be another site's doing.
    headers: { authorization: `Bearer ${token ?? ''}`, 'user-agent': request.headers['user-agent'] ?? '' },
    clientAddress: clientAddress(request),
  });
  if (context.actor) return context;
  throw new TRPCError({ code: 'UNAUTHORIZED', cause: new ConfabError('UNAUTHENTICATED') });
}

function closeSilentSockets(
  wss: WebSocketServer,
  contexts: WeakMap<IncomingMessage, Context>,
  timeoutMs: number,
): void {
  wss.on('connection', (socket, request) => {
    if (contexts.has(request)) return;
    const timer = setTimeout(() => {
      if (!contexts.has(request)) socket.close(closeCodes.unauthenticated, 'no token in time');
    }, timeoutMs);
    socket.once('close', () => {
      clearTimeout(timer);
    });
  });
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
