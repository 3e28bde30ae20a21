import type { AppRouter } from '@confab/api';
import { createTRPCClient, createWSClient, type TRPCClient, wsLink } from '@trpc/client';
import { WebSocket } from 'ws';

/** A typed client on one socket, as a browser with this cookie would open it. */
export interface SocketClient extends Disposable {
  readonly trpc: TRPCClient<AppRouter>;
  /** Resolves with the code when the server closes the socket. */
  readonly closed: Promise<number>;
}

export interface SocketClientOptions {
  readonly url: string;
  readonly headers?: Record<string, string>;
  /** Sent in the first message instead of a cookie. */
  readonly token?: string;
}

export function connectClient({ url, headers = {}, token }: SocketClientOptions): SocketClient {
  let reportClose: (code: number) => void;
  const closed = new Promise<number>((resolve) => (reportClose = resolve));
  // The standard client takes a WebSocket class; headers are what a browser adds by itself.
  class HeaderSocket extends WebSocket {
    constructor(address: string) {
      super(address, { headers });
      this.on('close', (code) => {
        reportClose(code);
      });
      this.on('error', () => undefined);
    }
  }
  const client = createWSClient({
    url,
    WebSocket: HeaderSocket as unknown as typeof globalThis.WebSocket,
    retryDelayMs: () => 60_000,
    ...(token !== undefined && { connectionParams: { token } }),
  });
  return {
    trpc: createTRPCClient<AppRouter>({ links: [wsLink({ client })] }),
    closed,
    [Symbol.dispose]: () => void client.close(),
  };
}

/** How the server answered a bare upgrade: 101 when it opened a socket (which is closed again). */
export function upgradeStatus(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers });
    socket.once('open', () => {
      socket.close();
      resolve(101);
    });
    socket.once('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.once('error', reject);
  });
}
