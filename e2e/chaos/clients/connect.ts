import { nodeSocket } from '@confab/client/node-socket';
import { connectLinks, type Api } from '@confab/client/transport';
import { createTRPCClient } from '@trpc/client';
import type { Random } from '../random.ts';

export interface ConnectOptions {
  /** What a browser of theirs sends with every request. */
  readonly user: { readonly headers: Readonly<Record<string, string>> };
  /** Of the socket. */
  readonly url: string;
  /** Of the web's door. */
  readonly origin: string;
  readonly random: Random;
  readonly isOffline: () => boolean;
}

export interface Connection {
  readonly client: Api;
  close(): void;
}

/** The web app's connection in Node; the headers are what a browser adds by itself. */
export function connect({ user, url, origin, random, isOffline }: ConnectOptions): Connection {
  const { headers } = user;
  const { links, close } = connectLinks({
    socket: { url, WebSocket: nodeSocket(headers) },
    http: {
      origin,
      headers,
      fetch: (input, init) => (isOffline() ? Promise.reject(new TypeError('offline')) : fetch(input, init)),
    },
    random: () => random.next(),
  });
  return { client: createTRPCClient({ links }), close };
}
