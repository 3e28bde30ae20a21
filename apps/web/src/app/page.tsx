import { redirect } from 'next/navigation';
import { requireAccount } from '../lib/server/session.ts';

export default async function Home() {
  await requireAccount();
  redirect('/chats');
}
