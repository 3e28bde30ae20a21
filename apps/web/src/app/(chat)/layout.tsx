import type { ReactNode } from 'react';
import { ChatApp } from '../../features/shell/chat-app.tsx';
import { requireAccount } from '../../lib/server/session.ts';

/** The whole chat: it reads the address by itself, so that going from one to the other asks the server for nothing. */
export default async function ChatLayout({ children }: { children: ReactNode }) {
  const account = await requireAccount();
  return (
    <>
      {/* Another account is another page: nothing that the browser fetched for the one before stays. */}
      <ChatApp key={account.id} account={account} />
      {children}
    </>
  );
}
