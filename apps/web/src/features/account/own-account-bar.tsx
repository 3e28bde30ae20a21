'use client';
import { Check, CircleUserRound, LogOut, Settings } from 'lucide-react';
import { AccountBar, IconButton, Menu, type MenuItem, type ThemeChoice } from '@confab/ui';
import { goTo } from '../../lib/navigation.ts';
import { text } from '../../lib/text.ts';
import { useNotifications } from '../shell/toasts-provider.tsx';
import { useConnection } from '../shell/use-connection.ts';
import { useSession } from '../shell/use-session.ts';
import { useTheme } from './use-theme.ts';

const themes: readonly ThemeChoice[] = ['system', 'light', 'dark'];

/** Who is signed in, and their menu. */
export function OwnAccountBar() {
  const { account, signOut } = useSession();
  const { notifyFailure } = useNotifications();
  const connection = useConnection();
  const [theme, setTheme] = useTheme();
  const items: MenuItem[] = [
    ...themes.map((choice) => ({
      label: text.account.themeLabels[choice],
      icon: <Check size={16} aria-hidden className={choice === theme ? '' : 'invisible'} />,
      onSelect: () => {
        setTheme(choice);
      },
    })),
    'separator',
    {
      label: text.account.passwordAndDevices,
      icon: <CircleUserRound size={16} aria-hidden />,
      onSelect: () => {
        goTo('/you');
      },
    },
    {
      label: text.account.signOut,
      icon: <LogOut size={16} aria-hidden />,
      onSelect: () => void signOut().catch(notifyFailure),
    },
  ];
  return (
    <AccountBar
      avatar={{
        id: account.id,
        name: account.name,
        kind: 'person',
        presence: connection === 'online' ? 'online' : 'offline',
      }}
      detail={text.account.connection[connection]}
      action={
        <Menu
          items={items}
          trigger={
            <IconButton label={text.account.menu} tooltip={false}>
              <Settings size={18} aria-hidden />
            </IconButton>
          }
        />
      }
    />
  );
}
