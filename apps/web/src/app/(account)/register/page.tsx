import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { RegisterForm } from '../../../features/account/register-form.tsx';
import { requireStranger } from '../../../lib/server/session.ts';
import { text } from '../../../lib/text.ts';

export const metadata: Metadata = { title: `${text.register.title} · ${text.app}` };

export default async function RegisterPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const next = await requireStranger((await searchParams).next);
  return <RegisterForm next={next} host={(await headers()).get('host') ?? ''} />;
}
