'use client';
import { LogOut } from 'lucide-react';
import { Avatar, Button, PageColumn, PaneHeader, ThemeSwitch } from '@confab/ui';
import { text } from '../../lib/text.ts';
import { useNotifications } from '../shell/toasts-provider.tsx';
import { useSession } from '../shell/use-session.ts';
import { useTheme } from './use-theme.ts';

/** Oneself, as a page: what a phone has instead of the account bar. */
export function YouPage() {
  const { account, signOut } = useSession();
  const { notifyFailure } = useNotifications();
  const [theme, setTheme] = useTheme();
  return (
    <>
      <PaneHeader title={text.you} backHref="/chats" />
      <PageColumn>
        <div className="grid gap-8 px-3">
          <div className="flex items-center gap-3">
            <Avatar id={account.id} name={account.name} kind="person" size={56} />
            <p className="min-w-0">
              <bdi className="block truncate text-lg font-bold">{account.name}</bdi>
              <span className="block truncate text-sm text-ink-3">{account.email}</span>
            </p>
          </div>
          <div className="grid gap-2">
            <h2 className="text-sm font-bold">{text.account.theme}</h2>
            <ThemeSwitch value={theme} onChange={setTheme} />
          </div>
          <div>
            <Button
              icon={<LogOut size={16} aria-hidden />}
              onClick={() => void signOut().catch(notifyFailure)}
            >
              {text.account.signOut}
            </Button>
          </div>
        </div>
      </PageColumn>
    </>
  );
}
