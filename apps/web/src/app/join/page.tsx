import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { AccountProviders } from '../../features/account/account-providers.tsx';
import { JoinPage } from '../../features/rooms/join-page.tsx';
import { roomText } from '../../features/rooms/room-text.ts';
import { findAccount } from '../../lib/server/session.ts';
import { text } from '../../lib/text.ts';

export const metadata: Metadata = { title: `${roomText.join.title} · ${text.app}` };

/** Strangers sign in first: browsers carry the fragment, which holds the code, over the redirect; see use-return.ts. */
export default async function Page() {
  const account = await findAccount();
  if (!account) redirect('/sign-in?next=%2Fjoin');
  return (
    <AccountProviders accountId={account.id}>
      <JoinPage account={account} host={(await headers()).get('host') ?? ''} />
    </AccountProviders>
  );
}
