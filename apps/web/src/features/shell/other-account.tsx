'use client';
import { useEffect, useState } from 'react';
import type { Account } from '@confab/contract';
import { detailsOf } from '@confab/client/transport';
import { Button, EmptyState } from '@confab/ui';
import { createHttpClient } from '../../lib/client.ts';
import { leaveForSignIn } from '../../lib/leave-for-sign-in.ts';
import { text } from '../../lib/text.ts';
import { listenToTabs } from './account-tabs.ts';

/** Looks anew at whom the browser belongs to; `null` while that is not known. Leaves when it is nobody. */
function useSignedIn(accountId: string): Account | null {
  const [signedIn, setSignedIn] = useState<Account | null>(null);
  useEffect(() => {
    // The one question that this page asks for whoever the cookie belongs to: who that is.
    const ask = () =>
      createHttpClient()
        .auth.me.query()
        .then(
          (account) => {
            if (account.id === accountId) location.reload();
            else setSignedIn(account);
          },
          (error: unknown) => {
            if (detailsOf(error)?.code === 'UNAUTHENTICATED') leaveForSignIn('expired');
          },
        );
    void ask();
    return listenToTabs(() => void ask());
  }, [accountId]);
  return signedIn;
}

/** What stands in the place of a page whose browser is signed in as somebody else by now; its own account comes back by itself. */
export function OtherAccount({ account }: { account: Pick<Account, 'id' | 'name'> }) {
  const signedIn = useSignedIn(account.id);
  const words = text.otherAccount;
  return (
    <EmptyState
      as="page"
      title={words.title(account.name)}
      text={
        <>
          {words.now(signedIn?.name ?? null)} {words.kept(account.name)}
        </>
      }
      actions={
        <>
          <Button
            variant="primary"
            onClick={() => {
              location.assign('/chats');
            }}
          >
            {words.goOn(signedIn?.name ?? null)}
          </Button>
          <Button
            onClick={() => {
              const query = new URLSearchParams({ as: account.name, next: location.pathname });
              location.assign(`/sign-in?${query.toString()}`);
            }}
          >
            {words.signIn(account.name)}
          </Button>
        </>
      }
    />
  );
}
