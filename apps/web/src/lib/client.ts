import { createWSClient, httpBatchLink, splitLink, wsLink, type TRPCClient } from '@trpc/client';
import type { AppRouter } from '@confab/api';
import { limits } from '@confab/contract';
import { overSocket } from './over-socket.ts';
import { trpc } from './trpc.ts';

/** As the ws server closes the sockets of a session that ended. */
const sessionEndedCode = 4401;
const reconnectPauseMaxMs = 5_000;
/** A call that takes longer has failed: whoever waits for it may ask again. */
const callTimeoutMs = 15_000;

export type Client = TRPCClient<AppRouter>;

export interface ClientConnection {
  readonly client: Client;
  readonly close: () => void;
}

interface ClientEvents {
  /** The server closed the socket because the session ended. */
  readonly onSessionEnded: () => void;
  /** The socket closed, or could not be opened, for another reason. */
  readonly onSocketLost: () => void;
}

/** Doubles up to 5 s; half of it is random, so that the clients of a restarted server spread out. */
function reconnectPauseMs(attempt: number): number {
  return Math.min(reconnectPauseMaxMs, 250 * 2 ** attempt) * (0.5 + Math.random() / 2);
}

const fetchWithTimeout: typeof fetch = (input, init) => {
  const timeout = AbortSignal.timeout(callTimeoutMs);
  const signal = init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  return fetch(input, { ...init, signal });
};

function httpLink() {
  return httpBatchLink<AppRouter>({
    url: '/api/trpc',
    maxItems: limits.batchCallsMax,
    fetch: (input, init) => fetchWithTimeout(input, init as RequestInit),
  });
}

/** For the signed-in: subscriptions, sending and marks over one socket, everything else batched over HTTP. */
export function connectClient({ onSessionEnded, onSocketLost }: ClientEvents): ClientConnection {
  const socket = createWSClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`,
    // Of 5 s of silence and 5 s without an answer, the browser's own offline event is faster.
    keepAlive: { enabled: true, intervalMs: 5_000, pongTimeoutMs: 5_000 },
    retryDelayMs: reconnectPauseMs,
    onClose(cause) {
      if (cause?.code === sessionEndedCode) onSessionEnded();
      else onSocketLost();
    },
  });
  const client = trpc.createClient({
    links: [
      splitLink({ condition: overSocket, true: wsLink<AppRouter>({ client: socket }), false: httpLink() }),
    ],
  });
  return { client, close: () => void socket.close() };
}

/** For strangers, who sign in and register over HTTP. */
export function createHttpClient(): Client {
  return trpc.createClient({ links: [httpLink()] });
}
