import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { pathToFileURL } from 'node:url';

/** The head of an upgrade request, with these headers beside what it needs. */
export const upgrade = (path: string, headers = '') =>
  `GET ${path} HTTP/1.1\r\nHost: chat.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n${headers}\r\n`;

interface WsServer extends AsyncDisposable {
  readonly url: string;
  readonly requests: IncomingMessage[];
  /** Settles with the first upgrade. */
  readonly asked: Promise<unknown>;
}

interface WsServerOptions {
  readonly refuses?: boolean;
  readonly isSilent?: boolean;
  /** Of a Unix socket to listen on, in place of a port. */
  readonly path?: string;
}

/** Stands for the ws server: agrees to upgrades and sends back what it is sent, or refuses them, or says nothing. */
export async function startWsServer({
  refuses = false,
  isSilent = false,
  path,
}: WsServerOptions = {}): Promise<WsServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer();
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  server.on('request', (request) => requests.push(request));
  server.on('upgrade', (request, socket) => {
    requests.push(request);
    server.emit('asked');
    if (isSilent) return;
    if (refuses) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) =>
    path === undefined ? server.listen(0, '127.0.0.1', resolve) : server.listen(path, resolve),
  );
  return {
    url:
      path === undefined
        ? `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
        : pathToFileURL(path).href.replace('file:', 'unix:'),
    requests,
    asked: once(server, 'asked'),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
