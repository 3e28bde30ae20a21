import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { RegisterForm } from '../../../features/account/register-form.tsx';
import { returnPath } from '../../../lib/return-path.ts';
import { findRefusedForm } from '../../../lib/server/refused-form.ts';
import { requireStranger } from '../../../lib/server/session.ts';
import { text } from '../../../lib/text.ts';

export const metadata: Metadata = { title: `${text.register.title} · ${text.app}` };

export default async function RegisterPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const refused = await findRefusedForm();
  const { next: wanted } = await searchParams;
  const next = refused === null ? await requireStranger(wanted) : returnPath(wanted);
  return <RegisterForm next={next} host={(await headers()).get('host') ?? ''} refused={refused} />;
}
