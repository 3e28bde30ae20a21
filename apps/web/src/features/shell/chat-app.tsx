'use client';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Account } from '@confab/contract';
import { UiProvider } from '@confab/ui';
import { createQueryClient } from '../../lib/query-client.ts';
import { ShellLink } from '../../lib/shell-link.tsx';
import { timeZone } from '../../lib/time-zone.ts';
import { ClientContext } from '../../lib/use-client.ts';
import { useStore } from '../../lib/use-store.ts';
import { ChatFrame } from './chat-frame.tsx';
import { FrameSkeleton } from './frame-skeleton.tsx';
import { OtherAccount } from './other-account.tsx';
import { PageEffects } from './page-effects.tsx';
import { openSession, type Session } from './session.ts';
import { ToastsProvider } from './toasts-provider.tsx';
import { SessionContext } from './use-session.ts';

/** The chat of somebody who is signed in. The session begins in the browser: the server draws the frame. */
export function ChatApp({ account }: { account: Account }) {
  const [session, setSession] = useState<Session | null>(null);
  useEffect(() => {
    const opened = openSession(account);
    setSession(opened);
    return () => {
      opened.close();
    };
    // Another object for the same account is no other session.
  }, [account.id]);

  return (
    <UiProvider link={ShellLink}>
      {session === null ? <FrameSkeleton /> : <OpenedChat session={session} />}
    </UiProvider>
  );
}

function OpenedChat({ session }: { session: Session }) {
  const [queryClient] = useState(createQueryClient);
  // Every time on the page is of the zone: in another one all of it is drawn anew.
  const zone = useStore(timeZone);
  if (useStore(session.isOther)) return <OtherAccount account={session.account} />;
  return (
    <ClientContext value={session.client}>
      <QueryClientProvider client={queryClient}>
        <SessionContext value={session}>
          <ToastsProvider>
            <PageEffects />
            <ChatFrame key={zone} />
          </ToastsProvider>
        </SessionContext>
      </QueryClientProvider>
    </ClientContext>
  );
}
