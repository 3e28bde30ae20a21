'use client';
import { LogOut } from 'lucide-react';
import { Avatar, Button, PageColumn, PaneHeader, Setting, ThemeSwitch } from '@confab/ui';
import { text } from '../../lib/text.ts';
import { useNotifications } from '../shell/toasts-provider.tsx';
import { useSession } from '../shell/use-session.ts';
import { AddableSection } from './addable-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { SessionSection } from './session-section.tsx';
import { useTheme } from './use-theme.ts';

/** Oneself: what one looks like here, one's password, and where one is signed in. */
export function YouPage() {
  const { account, signOut } = useSession();
  const { notifyFailure } = useNotifications();
  const [theme, setTheme] = useTheme();
  return (
    <>
      <PaneHeader title={text.you} backHref="/chats" />
      <PageColumn>
        <div className="grid gap-10 px-3 pb-6">
          <div className="flex flex-wrap items-center gap-3">
            <Avatar id={account.id} name={account.name} kind="person" size={56} />
            <p className="min-w-0 flex-1">
              <bdi className="block truncate text-lg font-bold">{account.name}</bdi>
              <span className="block truncate text-sm text-ink-3">{account.email}</span>
            </p>
            <Button
              icon={<LogOut size={16} aria-hidden />}
              onClick={() => void signOut().catch(notifyFailure)}
            >
              {text.account.signOut}
            </Button>
          </div>
          <Setting title={text.account.theme}>
            <ThemeSwitch value={theme} onChange={setTheme} />
          </Setting>
          <AddableSection />
          <PasswordSection />
          <SessionSection />
        </div>
      </PageColumn>
    </>
  );
}
