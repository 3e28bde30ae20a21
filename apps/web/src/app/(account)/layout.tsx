import type { ReactNode } from 'react';
import { AccountProviders } from '../../features/account/account-providers.tsx';

export default function AccountLayout({ children }: { children: ReactNode }) {
  return <AccountProviders>{children}</AccountProviders>;
}
