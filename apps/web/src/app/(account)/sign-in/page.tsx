import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { SignInForm } from '../../../features/account/sign-in-form.tsx';
import { requireStranger } from '../../../lib/server/session.ts';
import { text } from '../../../lib/text.ts';

export const metadata: Metadata = { title: `${text.signIn.title} · ${text.app}` };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[]; ended?: string }>;
}) {
  const { next: wanted, ended } = await searchParams;
  const next = await requireStranger(wanted);
  const host = (await headers()).get('host') ?? '';
  return <SignInForm next={next} host={host} ended={ended !== undefined} />;
}
