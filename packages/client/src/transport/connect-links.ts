import type { AppRouter } from '@confab/api';
import { createWSClient, splitLink, wsLink, type TRPCLink } from '@trpc/client';
import { boundedSocket } from './bounded-socket.ts';
import { httpLink, type HttpOptions } from './http-link.ts';
import { overSocket } from './over-socket.ts';
import { ReconnectPause } from './reconnect-pause.ts';

/** As the ws server closes the sockets of a session that ended. */
const sessionEndedCode = 4401;
/** … and one whose address names another account than the cookie's. */
const otherAccountCode = 4409;

interface SocketOptions {
  /** Ends in `/ws`. */
  readonly url: string;
  /** Where there is none built in, or it needs headers. */
  readonly WebSocket?: typeof globalThis.WebSocket;
  /** A program's, told in the first message. A browser has its cookie. */
  readonly token?: string;
  /** The server closed the socket because the session ended. It is opened again all the same until `close`. */
  readonly onSessionEnded?: () => void;
  /** The server closed the socket because the cookie is another account's than the one that `url` names. */
  readonly onOtherAccount?: () => void;
  /** The socket closed, or could not be opened, for another reason; also because of a session that ended before. */
  readonly onLost?: () => void;
}

interface LinkOptions {
  readonly socket: SocketOptions;
  readonly http?: HttpOptions;
  /** At least 0, below 1; spreads reconnects out. */
  readonly random?: () => number;
}

interface ConnectedLinks {
  /** Of a tRPC client. */
  readonly links: [TRPCLink<AppRouter>];
  /** To be called when there is reason to believe that the server is in reach again: ends the pause between attempts. */
  readonly wake: () => void;
  readonly close: () => void;
}

/** Subscriptions, sending and marks over one socket that reconnects by itself, everything else batched over HTTP. */
export function connectLinks({ socket, http, random }: LinkOptions): ConnectedLinks {
  const { url, WebSocket = globalThis.WebSocket, token, onSessionEnded, onOtherAccount, onLost } = socket;
  const pause = new ReconnectPause(random);
  const client = createWSClient({
    // Asked for before every attempt. The pause is here, and not tRPC's own, because that one cannot be ended.
    url: async () => {
      await pause.before();
      return url;
    },
    retryDelayMs: () => 0,
    // Of 5 s of silence and 5 s without an answer, a browser's own offline event is faster.
    keepAlive: { enabled: true, intervalMs: 5_000, pongTimeoutMs: 5_000 },
    onClose(cause) {
      if (cause?.code === sessionEndedCode) onSessionEnded?.();
      else if (cause?.code === otherAccountCode) onOtherAccount?.();
      else onLost?.();
    },
    WebSocket: boundedSocket(WebSocket, {
      onHeard: () => {
        pause.answered();
      },
      onAskedToWait: (retryAfterMs) => {
        pause.ask(retryAfterMs);
      },
    }),
    ...(token !== undefined && { connectionParams: { token } }),
  });
  return {
    links: [splitLink({ condition: overSocket, true: wsLink<AppRouter>({ client }), false: httpLink(http) })],
    wake: () => {
      pause.wake();
    },
    close: () => {
      void client.close();
      pause.close();
      // By itself it would wait for the answers that are under way.
      client.connection?.ws.close();
    },
  };
}
