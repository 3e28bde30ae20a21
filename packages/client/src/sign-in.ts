import type { Account } from '@confab/contract';
import { createTRPCClient } from '@trpc/client';
import { answerOf } from './failure.ts';
import type { Api } from './transport/api.ts';
import { httpLink } from './transport/http-link.ts';

export type Credentials =
  | { readonly token: string }
  /** A name or an email address, and its password. */
  | { readonly login: string; readonly password: string };

export interface SignedIn {
  readonly token: string;
  readonly account: Account;
  /** Calls over HTTP as this account. */
  readonly api: Api;
}

/** @throws ConfabError SIGN_IN_FAILED, RATE_LIMITED, UNAUTHENTICATED (the token), UNAVAILABLE */
export async function signIn(origin: string, credentials: Credentials): Promise<SignedIn> {
  if ('token' in credentials) {
    const { token } = credentials;
    const api = httpApi(origin, { authorization: `Bearer ${token}` });
    return { token, api, account: await answerOf(api.auth.me.query()) };
  }
  const { login, password } = credentials;
  // Of the REST API: POST /api/auth/login.
  const { token, account } = await answerOf(httpApi(origin).auth.issueToken.mutate({ login, password }));
  return { token, account, api: httpApi(origin, { authorization: `Bearer ${token}` }) };
}

function httpApi(origin: string, headers: Readonly<Record<string, string>> = {}): Api {
  return createTRPCClient({ links: [httpLink({ origin, headers })] });
}
