import type { IncomingMessage } from 'node:http';
import type { Backend, Context } from '@confab/api';
import { accountParameter, ConfabError } from '@confab/contract';
import type { SocketConnection } from './socket-connection.ts';

/** Why a socket is not opened. `otherAccount`: the page was opened for somebody else than the cookie belongs to. */
export type RefusalReason =
  'path' | 'origin' | 'noOrigin' | 'noSession' | 'otherAccount' | 'unauthenticatedSockets' | 'rateLimited';

export type UpgradeDecision =
  | { readonly admitted: false; readonly reason: RefusalReason }
  /** `context: null`: the token was promised for the first message. */
  | { readonly admitted: true; readonly context: Context | null };

interface Asked {
  readonly request: IncomingMessage;
  readonly clientAddress: string;
  readonly connection: SocketConnection;
}

/**
 * Decides over an upgrade before there is a socket. A browser sends Origin with every upgrade and the cookie by
 * itself, so a cookie counts only together with an Origin of ours. A program promises a token (`?connectionParams=1`).
 */
export async function authorizeUpgrade(
  backend: Backend,
  publicOrigins: readonly string[],
  { request, clientAddress, connection }: Asked,
): Promise<UpgradeDecision> {
  const [path, query] = (request.url ?? '').split('?', 2);
  if (path !== '/ws') return { admitted: false, reason: 'path' };
  const { origin, cookie } = request.headers;
  if (origin !== undefined && !publicOrigins.includes(origin)) return { admitted: false, reason: 'origin' };
  const parameters = new URLSearchParams(query);
  if (parameters.get('connectionParams') === '1') return { admitted: true, context: null };
  if (cookie === undefined) return { admitted: false, reason: 'noSession' };
  if (origin === undefined) return { admitted: false, reason: 'noOrigin' };
  const account = parameters.get(accountParameter);
  try {
    const context = await backend.createContext({
      connection,
      headers: request.headers,
      clientAddress,
      account,
    });
    return context.actor ? { admitted: true, context } : { admitted: false, reason: 'noSession' };
  } catch (error) {
    const code = error instanceof ConfabError ? error.code : null;
    if (code === 'OTHER_ACCOUNT') return { admitted: false, reason: 'otherAccount' };
    // This address showed too many sessions that are none.
    if (code === 'RATE_LIMITED') return { admitted: false, reason: 'rateLimited' };
    throw error;
  }
}
