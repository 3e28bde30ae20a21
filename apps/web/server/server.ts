import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import {
  addressKey,
  believedScheme,
  clientAddressReader,
  requestOriginReader,
  trustedPeerCheck,
} from '@confab/api';
import { errorTable, limits } from '@confab/contract';
import { answerBrokenRequests } from './answer-broken-requests.ts';
import { AnswerTurns } from './answer-turns.ts';
import { type AnswerOptions, createAnswer } from './answer-request.ts';
import { AnswerWatch, type WatchBounds, watchBounds } from './answer-watch.ts';
import { type ConnectionBounds, connectionBounds, ConnectionCounts } from './connection-counts.ts';
import { type Client, stampClient, stampedClient } from './forwarded-headers.ts';
import { originForm, pathOf } from './origin-form.ts';
import { refuseConnection } from './refuse-connection.ts';
import type { UpgradeHeaders } from './upgrade-headers.ts';
import { asksForWebSocket, upgradingOnly } from './upgrades.ts';
import { createWebSocketProxy, type WebSocketProxy } from './websocket-proxy.ts';

export interface WebServerOptions extends AnswerOptions {
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  readonly publicOrigins: readonly string[];
  readonly trustedProxies: readonly string[];
  /** Of the ws server. */
  readonly wsUrl: string;
  readonly timeouts?: { readonly headersMs: number; readonly requestMs: number };
  /** For tests, as are the two below. */
  readonly upgradeHeaders?: UpgradeHeaders;
  readonly connections?: ConnectionBounds;
  readonly unread?: WatchBounds;
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
  const isFromTrustedProxy = trustedPeerCheck(options.trustedProxies);
  const connections = new ConnectionCounts(http, {
    bounds: options.connections ?? connectionBounds,
    isProxy: (socket) => isFromTrustedProxy({ socket }),
    log,
  });
  const watch = new AnswerWatch(options.unread ?? watchBounds, log);
  const clientOf = clientReader(options);
  const receive = (request: IncomingMessage) => {
    request.url = originForm(request.url ?? '/');
    stampClient(request, clientOf(request));
  };
  const turns = answerRequests(http, { options, connections, watch, receive });
  answerBrokenRequests(http, (socket) => turns.current(socket));
  const proxy = passUpgrades(http, { options, connections, turns, receive });

  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port, options.host, resolve);
  });
  return {
    port: (http.address() as AddressInfo).port,
    async close(graceMs) {
      proxy.close();
      watch.close();
      await closeServer(http, graceMs);
    },
  };
}

interface Parts {
  readonly options: WebServerOptions;
  readonly connections: ConnectionCounts;
  /** Brings a request into the form in which the rest of the entry reads it. */
  readonly receive: (request: IncomingMessage) => void;
}

function answerRequests(
  http: Server,
  { options, connections, watch, receive }: Parts & { readonly watch: AnswerWatch },
): AnswerTurns {
  const { log } = options;
  const answer = createAnswer(options);
  const answerOne = async (request: IncomingMessage, response: ServerResponse) => {
    try {
      receive(request);
      watch.follow(response, addressKey(stampedClient(request.headers).address));
      await answer(request, response);
      watch.check(response);
    } catch (error) {
      // Whoever left is not answered, and is no failure of ours.
      if (response.destroyed) return;
      log.error('request.failed', { error });
      if (!response.headersSent) response.statusCode = 500;
      response.end();
    }
  };
  const turns = new AnswerTurns({
    answer: (request, response) => void answerOne(request, response),
    waitingMax: limits.pipelinedRequestsMax,
    onFlood: ({ remoteAddress }) => {
      log.warn('connection.flooded', { address: remoteAddress });
    },
  });
  http.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (connections.has(request.socket)) turns.take(request, response);
  });
  http.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy());
    if (turns.current(socket)) socket.destroy();
    else
      refuseConnection(socket, { details: { code: 'BAD_INPUT' }, message: 'This is no proxy.', status: 405 });
  });
  return turns;
}

function passUpgrades(
  http: Server,
  { options, connections, turns, receive }: Parts & { readonly turns: AnswerTurns },
): WebSocketProxy {
  const { log, pages, wsUrl, upgradeHeaders } = options;
  const proxy = createWebSocketProxy({ target: wsUrl, log, headersOf: upgradeHeaders });
  const pass = async (request: IncomingMessage, socket: Socket, head: Buffer) => {
    try {
      receive(request);
      if (pathOf(request) === webSocketPath) proxy.handle(request, socket, head);
      else await pages.upgrade(request, socket, head);
    } catch (error) {
      log.error('upgrade.failed', { error });
      refuseConnection(socket, { details: { code: 'INTERNAL' }, message: errorTable.INTERNAL.sentence });
    }
  };
  http.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    // In the middle of an answer a tunnel would be taken for a part of it.
    if (!connections.has(socket) || turns.current(socket)) {
      socket.destroy();
      return;
    }
    connections.release(socket);
    void pass(request, socket, head);
  });
  return proxy;
}

const proxyAdvice =
  'A request names another address that it came from. If this is your reverse proxy, everybody behind it shares one limit: name its address in TRUSTED_PROXIES.';

/** How this server learns who a client is, before its headers are stamped. */
function clientReader({
  publicOrigins,
  trustedProxies,
  log,
}: WebServerOptions): (request: IncomingMessage) => Client {
  let told = false;
  const addressOf = clientAddressReader(trustedProxies);
  const originOf = requestOriginReader(publicOrigins);
  const isFromTrustedProxy = trustedPeerCheck(trustedProxies);
  return (request) => {
    const trusted = isFromTrustedProxy(request);
    // Once: anybody may send this header.
    if (!told && !trusted && request.headers['x-forwarded-for'] !== undefined) {
      told = true;
      log.warn('proxy.untrusted', { address: request.socket.remoteAddress, advice: proxyAdvice });
    }
    const scheme = believedScheme(request.headers, trusted);
    const origin = originOf({ host: request.headers.host, 'x-forwarded-proto': scheme });
    return { address: addressOf(request), scheme: origin.startsWith('https:') ? 'https' : 'http' };
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
