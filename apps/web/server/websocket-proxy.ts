import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ErrorCode, errorTable } from '@confab/contract';
import type { Log } from '@confab/log';
import { refuseConnection } from './refuse-connection.ts';

/** The ws server answers an upgrade at once, or it is not there. */
const upgradeTimeoutMs = 10_000;

export interface WebSocketProxy {
  /** Passes one upgrade request on, headers as they are by now. */
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends every tunnel, and every connection that waits for one. */
  close(): void;
}

/**
 * Passes upgrades on to the ws server. A tunnel is laid only after that server agreed: a blind pipe would let a
 * refused client go on with requests of its own, past this entry's checks.
 */
export function createWebSocketProxy({ target, log }: { target: string; log: Log }): WebSocketProxy {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Duplex>();
  return {
    handle(request, socket, head) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket));
      // Kept-alive connections are for requests: a tunnel has one of its own.
      const upstream = httpRequest({
        hostname,
        port,
        path: request.url,
        headers: request.headers,
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
};

/** Answers an upgrade request without a tunnel. */
function refuse(socket: Duplex, status: number): void {
  const code = refusalCodes[status] ?? (status < 500 ? 'BAD_INPUT' : 'UNAVAILABLE');
  refuseConnection(socket, { details: { code }, message: errorTable[code].sentence, status });
}
