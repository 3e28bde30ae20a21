import {
  type ClientRequest,
  type IncomingMessage,
  request as httpRequest,
  type RequestOptions,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { type ErrorCode, errorTable } from '@confab/contract';
import type { Log } from '@confab/log';
import { hasUsableHost } from './origin-form.ts';
import { refuseConnection } from './refuse-connection.ts';
import { type UpgradeHeaders, upgradeHeaders } from './upgrade-headers.ts';

/** The ws server answers an upgrade at once, or it is not there. */
const upgradeTimeoutMs = 10_000;

export interface WebSocketProxy {
  /** Passes one upgrade request on, with those of its headers that the ws server reads. */
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends every tunnel, and every connection that waits for one. */
  close(): void;
}

export interface WebSocketProxyOptions {
  /** Of the ws server. */
  readonly target: string;
  readonly log: Log;
  /** For tests. */
  readonly headersOf?: UpgradeHeaders | undefined;
}

/**
 * Passes upgrades on to the ws server. A tunnel is laid only after that server agreed: a blind pipe would let a
 * refused client go on with requests of its own, past this entry's checks.
 */
export function createWebSocketProxy({
  target,
  log,
  headersOf = upgradeHeaders,
}: WebSocketProxyOptions): WebSocketProxy {
  const server = serverAt(target);
  const sockets = new Set<Duplex>();
  return {
    handle(request, socket, head) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket));
      if (!hasUsableHost(request)) {
        refuse(socket, 400);
        return;
      }
      // Kept-alive connections are for requests: a tunnel has one of its own.
      const upstream = httpRequest({
        ...server,
        path: request.url,
        headers: headersOf(request.headers),
        agent: false,
      });
      upstream.setTimeout(upgradeTimeoutMs, () =>
        upstream.destroy(new Error('the ws server does not answer')),
      );
      socket.once('close', () => upstream.destroy());
      upstream.once('error', (error) => {
        if (socket.destroyed) return;
        log.warn('tunnel.failed', { error });
        refuse(socket, 503);
      });
      upstream.once('response', (response) => {
        response.resume();
        // The ws server has logged whom it refused, and why.
        refuse(socket, response.statusCode ?? 502);
      });
      connectTunnel(upstream, { socket, head });
      upstream.end();
    },
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** `http://host:port`, or `unix:///path`: only this process's user can listen or call there. */
function serverAt(target: string): RequestOptions {
  const { protocol, hostname, port, pathname } = new URL(target);
  return protocol === 'unix:' ? { socketPath: decodeURIComponent(pathname) } : { hostname, port };
}

interface Ends {
  readonly socket: Duplex;
  readonly head: Buffer;
}

function connectTunnel(upstream: ClientRequest, { socket, head }: Ends): void {
  upstream.once('upgrade', (response, server: Duplex, first: Buffer) => {
    upstream.setTimeout(0);
    const close = () => {
      socket.destroy();
      server.destroy();
    };
    server.on('error', close).once('close', close);
    socket.once('close', close);
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headerLines(response.rawHeaders)}\r\n`);
    if (first.length > 0) socket.write(first);
    if (head.length > 0) server.write(head);
    server.pipe(socket);
    socket.pipe(server);
  });
}

function headerLines(rawHeaders: readonly string[]): string {
  return rawHeaders.map((value, index) => (index % 2 === 0 ? `${value}: ` : `${value}\r\n`)).join('');
}

/** As what a client is told that the ws server, or its absence, refused an upgrade. */
const refusalCodes: Readonly<Record<number, ErrorCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'CROSS_SITE',
  404: 'NOT_FOUND',
  429: 'RATE_LIMITED',
};

/** Answers an upgrade request without a tunnel. */
function refuse(socket: Duplex, status: number): void {
  const code = refusalCodes[status] ?? (status < 500 ? 'BAD_INPUT' : 'UNAVAILABLE');
  refuseConnection(socket, { details: { code }, message: errorTable[code].sentence, status });
}
