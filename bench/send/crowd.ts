import { randomBytes } from 'node:crypto';
import type { AppRouter, Backend } from '@confab/api';
import { boundedSocket } from '@confab/client/transport';
import { createTRPCClient, createWSClient, type TRPCClient, wsLink } from '@trpc/client';
import { WebSocket } from 'ws';

/** Somebody signed in, without a socket yet. */
export interface Account {
  readonly token: string;
  /** The `Cookie` header of their browser. */
  readonly cookie: string;
  readonly api: ReturnType<Backend['caller']>;
}

/** One account on one socket, whose frames the server takes. */
export interface Client {
  readonly trpc: TRPCClient<AppRouter>;
  close(): Promise<void>;
}

/** Straight into the stores: registering would measure argon2, and its limits are per address. */
export async function createAccount(backend: Backend, name: string): Promise<Account> {
  const { db, sessions } = backend.core;
  const user = await db.users.insert({
    name,
    nameKeys: [name],
    searchKey: name,
    email: `${name}@example.org`,
    passwordHash: 'none: nobody signs in with it',
    role: 'user',
    createdAt: new Date(),
  });
  const { token } = await sessions.create({ userId: user.id, userAgent: 'bench', ip: '127.0.0.1' });
  const context = await backend.createContext({
    connection: { transport: 'server' },
    headers: { authorization: `Bearer ${token}` },
    clientAddress: '127.0.0.1',
  });
  const { session } = backend.cookieNames({});
  return { token, cookie: `${session}=${token}`, api: backend.caller(context) };
}

export function connect(url: string, origin: string, { cookie }: Account): Client {
  class CookieSocket extends WebSocket {
    constructor(address: string) {
      super(address, { headers: { origin, cookie } });
    }
  }
  const WebSocketClass = boundedSocket(CookieSocket as unknown as typeof globalThis.WebSocket, {
    onHeard: () => undefined,
    onAskedToWait: () => undefined,
  });
  const socket = createWSClient({ url, WebSocket: WebSocketClass });
  return {
    trpc: createTRPCClient<AppRouter>({ links: [wsLink({ client: socket })] }),
    close: () => socket.close(),
  };
}

export const newClientId = (): string => randomBytes(16).toString('hex');
