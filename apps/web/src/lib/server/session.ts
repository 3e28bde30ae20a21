import 'server-only';
import { cache } from 'react';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { Account } from '@confab/contract';
import { returnPath } from '../return-path.ts';
import { backend } from './backend.ts';

type Context = Awaited<ReturnType<ReturnType<typeof backend>['createContext']>>;

/** Of this request's cookie; null when there is none. Asked once per request. */
const openContext = cache(async (): Promise<Context | null> => {
  const asked = await headers();
  const cookie = asked.get('cookie');
  if (cookie === null) return null;
  return backend().createContext({
    connection: { transport: 'server' },
    headers: {
      cookie,
      // What cookies are called depends on the origin that the page was asked for by, which the entry stamped.
      host: asked.get('host') ?? undefined,
      'x-forwarded-proto': asked.get('x-forwarded-proto') ?? undefined,
    },
    clientAddress: asked.get('x-forwarded-for') ?? '',
  });
});

/** Whoever this request's session belongs to, or null. Asked once per request. */
export const findAccount = cache(async (): Promise<Account | null> => {
  const context = await openContext();
  return context?.actor ? backend().caller(context).auth.me() : null;
});

/** Whose session this browser had until somebody ended it, by id: what it keeps of them is to be erased. */
export async function findRevokedOwner(): Promise<string | null> {
  return (await openContext())?.revokedOwnerId ?? null;
}

/** Sends the stranger to sign in first, and back here afterwards. */
export async function requireAccount(): Promise<Account> {
  const account = await findAccount();
  if (account) return account;
  const path = returnPath((await headers()).get('x-confab-path'));
  redirect(path === '/chats' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`);
}

/** Sends somebody who is signed in already past the forms. */
export async function requireStranger(next: unknown): Promise<string> {
  const path = returnPath(next);
  if (await findAccount()) redirect(path);
  return path;
}
