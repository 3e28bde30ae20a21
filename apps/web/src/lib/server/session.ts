import 'server-only';
import { cache } from 'react';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { Account } from '@confab/contract';
import { returnPath } from '../return-path.ts';
import { backend } from './backend.ts';

/** Whoever this request's session belongs to, or null. Asked once per request. */
export const findAccount = cache(async (): Promise<Account | null> => {
  const cookie = (await cookies()).toString();
  if (cookie === '') return null;
  const context = await backend().createContext({
    connection: { transport: 'server' },
    headers: { cookie },
    clientAddress: '',
  });
  return context.actor === null ? null : backend().caller(context).auth.me();
});

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
