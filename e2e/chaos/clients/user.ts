import type { AppRouter } from '@confab/api';
import type { Account } from '@confab/contract';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';

const callMaxMs = 15_000;
const attemptsMax = 3;
/** Everybody's. */
export const password = 'correct horse battery';

/** Somebody with an account, as seen from one address. */
export interface User {
  readonly id: string;
  readonly name: string;
  /** What a browser of theirs sends with every request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly api: TRPCClient<AppRouter>;
}

export type Credentials =
  { procedure: 'register'; name: string; email: string } | { procedure: 'signIn'; login: string };

/** The server answered that it cannot, now. */
export class BusyError extends Error {}

/** Whether there was no answer: a reset, a refusal, or a silence that took too long. */
export function isCut(error: unknown): boolean {
  return error instanceof TypeError || error instanceof DOMException;
}

/** Registers or signs in through the web's HTTP API. Limits count per address, so each user has one of their own. */
export async function enter(
  origin: string,
  address: string,
  { procedure, ...credentials }: Credentials,
): Promise<User> {
  const seen = { origin, 'x-forwarded-for': address };
  const answer = await fetchAgain(`${origin}/api/trpc/auth.${procedure}`, {
    method: 'POST',
    headers: { ...seen, 'content-type': 'application/json' },
    body: JSON.stringify({ ...credentials, password }),
  });
  if (answer.status === 503) throw new BusyError(await answer.text());
  if (!answer.ok) throw new Error(`auth.${procedure} was refused: ${await answer.text()}`);
  const { result } = (await answer.json()) as { result: { data: Account } };
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  const headers = { ...seen, cookie };
  const api = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${origin}/api/trpc`,
        headers,
        fetch: (input, init) => fetchAgain(input, init as RequestInit),
      }),
    ],
  });
  return { id: result.data.id, name: result.data.name, headers, api };
}

/** As the web app does: a call that takes longer, its body included, has failed. */
export const fetchInTime: typeof fetch = (input, init) => {
  const controller = new AbortController();
  const abort = () => {
    controller.abort();
  };
  init?.signal?.addEventListener('abort', abort, { once: true });
  setTimeout(() => {
    init?.signal?.removeEventListener('abort', abort);
    abort();
  }, callMaxMs).unref();
  return fetch(input, { ...init, signal: controller.signal });
};

/** A connection that was kept through a fault may be dead without knowing it: the next attempt has another one. */
const fetchAgain: typeof fetch = async (input, init) => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await fetchInTime(input, init);
    } catch (error) {
      if (attempt === attemptsMax || !isCut(error)) throw error;
    }
  }
};
