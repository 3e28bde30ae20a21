import type { IncomingMessage } from 'node:http';
import type { Backend, Context } from '@confab/api';

/** Why a socket is not opened, as the status of the answer to its upgrade request. */
export type UpgradeRefusal = 401 | 403 | 404;

export type UpgradeDecision =
  | { readonly admitted: false; readonly status: UpgradeRefusal }
  /** `context: null`: the token was promised for the first message. */
  | { readonly admitted: true; readonly context: Context | null };

interface Asked {
  readonly request: IncomingMessage;
  readonly clientAddress: string;
}

/**
 * Decides over an upgrade before there is a socket. A browser sends Origin with every upgrade and the cookie by
 * itself, so a cookie counts only together with an Origin of ours. A program promises a token (`?connectionParams=1`).
 */
export async function authorizeUpgrade(
  backend: Backend,
  publicOrigins: readonly string[],
  { request, clientAddress }: Asked,
): Promise<UpgradeDecision> {
  const url = new URL(request.url ?? '/', 'http://ws.invalid');
  if (url.pathname !== '/ws') return { admitted: false, status: 404 };
  const { origin, cookie } = request.headers;
  if (origin !== undefined && !publicOrigins.includes(origin)) return { admitted: false, status: 403 };
  if (url.searchParams.get('connectionParams') === '1') return { admitted: true, context: null };
  if (cookie === undefined) return { admitted: false, status: 401 };
  if (origin === undefined) return { admitted: false, status: 403 };
  const context = await backend.createContext({
    connection: { transport: 'socket', subscriptions: new Set() },
    headers: request.headers,
    clientAddress,
  });
  return context.actor ? { admitted: true, context } : { admitted: false, status: 401 };
}
