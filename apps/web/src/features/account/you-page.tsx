'use client';
import { LogOut } from 'lucide-react';
import { Button, DetailsIdentity, PageColumn, PaneHeader, Section, ThemeSwitch } from '@confab/ui';
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
          <DetailsIdentity
            avatar={{ id: account.id, name: account.name, kind: 'person' }}
            subtitle={account.email}
          />
          <Section title={text.account.theme}>
            <ThemeSwitch value={theme} onChange={setTheme} />
          </Section>
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
