import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { EraseRevoked } from '../../../features/account/erase-revoked.tsx';
import { SignInForm } from '../../../features/account/sign-in-form.tsx';
import { returnPath } from '../../../lib/return-path.ts';
import { findRefusedForm } from '../../../lib/server/refused-form.ts';
import { findAccount, findRevokedOwner, requireStranger } from '../../../lib/server/session.ts';
import { text } from '../../../lib/text.ts';

export const metadata: Metadata = { title: `${text.signIn.title} · ${text.app}` };

interface Search {
  readonly next?: string | string[];
  readonly ended?: string;
  /** Somebody who wants to sign in in spite of whoever is signed in. */
  readonly as?: string | string[];
}

export default async function SignInPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { next: wanted, ended, as } = await searchParams;
  const refused = await findRefusedForm();
  const isForced = refused !== null || as !== undefined;
  const next = isForced ? returnPath(wanted) : await requireStranger(wanted);
  // The form that was refused may be refused because nothing can be asked: then nobody is asked about either.
  const signedIn = refused === null ? await findAccount() : null;
  const revokedOwner = refused === null ? await findRevokedOwner() : null;
  return (
    <>
      {revokedOwner !== null && <EraseRevoked userId={revokedOwner} />}
      <SignInForm
        next={next}
        host={(await headers()).get('host') ?? ''}
        refused={refused}
        login={refused?.values['login'] ?? (typeof as === 'string' ? as : '')}
        insteadOf={signedIn?.name ?? null}
        ended={ended === 'revoked' || ended === 'expired' ? ended : null}
      />
    </>
  );
}
