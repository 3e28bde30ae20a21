import { nodeSocket } from '@confab/client/node-socket';
import { connectLinks, type Api } from '@confab/client/transport';
import { createTRPCClient } from '@trpc/client';
import type { Random } from '../random.ts';
import type { User } from './user.ts';

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
