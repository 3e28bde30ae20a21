import type { AppRouter } from '@confab/api';
import { overSocket } from '@confab/web/over-socket';
import {
  createTRPCClient,
  createWSClient,
  httpBatchLink,
  splitLink,
  type TRPCClient,
  wsLink,
} from '@trpc/client';
import { WebSocket } from 'ws';
import type { Random } from '../random.ts';
import { fetchInTime, type User } from './user.ts';

const reconnectPauseMaxMs = 5_000;
const batchCallsMax = 10;
/** A browser gives up on a handshake that is not answered, too. */
const handshakeMaxMs = 10_000;

export interface ConnectOptions {
  readonly user: User;
  /** Of the socket. */
  readonly url: string;
  /** Of the web's door. */
  readonly origin: string;
  readonly random: Random;
  readonly isOffline: () => boolean;
}

export interface Connection {
  readonly client: TRPCClient<AppRouter>;
  close(): void;
}

/** The web app's client in Node: subscriptions and sending over one socket, everything else batched over HTTP. */
export function connect({ user, url, origin, random, isOffline }: ConnectOptions): Connection {
  // The standard client takes a WebSocket class; the headers are what a browser adds by itself.
  class BrowserSocket extends WebSocket {
    constructor(address: string) {
      super(address, { headers: user.headers, handshakeTimeout: handshakeMaxMs });
      this.on('error', () => undefined);
    }
  }
  const socket = createWSClient({
    url,
    WebSocket: BrowserSocket as unknown as typeof globalThis.WebSocket,
    keepAlive: { enabled: true, intervalMs: 5_000, pongTimeoutMs: 5_000 },
    retryDelayMs: (attempt) => Math.min(reconnectPauseMaxMs, 250 * 2 ** attempt) * (0.5 + random.next() / 2),
  });
  const http = httpBatchLink<AppRouter>({
    url: `${origin}/api/trpc`,
    maxItems: batchCallsMax,
    headers: user.headers,
    fetch: (input, init) => {
      if (isOffline()) return Promise.reject(new TypeError('offline'));
      return fetchInTime(input, init as RequestInit);
    },
  });
  return {
    client: createTRPCClient<AppRouter>({
      links: [
        splitLink({
          condition: overSocket,
          true: wsLink<AppRouter>({ client: socket }),
          false: http,
        }),
      ],
    }),
    close: () => void socket.close(),
  };
}
