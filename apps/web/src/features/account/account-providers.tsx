'use client';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { UiProvider } from '@confab/ui';
import { createHttpClient } from '../../lib/client.ts';
import { createQueryClient } from '../../lib/query-client.ts';
import { ClientContext } from '../../lib/use-client.ts';

interface AccountProvidersProps {
  /** For whom the page was opened; null for the forms of strangers. */
  readonly accountId?: string | null;
  readonly children: ReactNode;
}

/** Around what stands outside the chat: HTTP alone. */
export function AccountProviders({ accountId = null, children }: AccountProvidersProps) {
  const [client] = useState(() => createHttpClient(accountId));
  const [queryClient] = useState(createQueryClient);
  return (
    <ClientContext value={client}>
      <QueryClientProvider client={queryClient}>
        <UiProvider>{children}</UiProvider>
      </QueryClientProvider>
    </ClientContext>
  );
}
