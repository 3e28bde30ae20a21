'use client';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { UiProvider } from '@confab/ui';
import { createHttpClient } from '../../lib/client.ts';
import { createQueryClient } from '../../lib/query-client.ts';
import { trpc } from '../../lib/trpc.ts';

/** Around the forms of strangers: HTTP alone. */
export function AccountProviders({ children }: { children: ReactNode }) {
  const [client] = useState(createHttpClient);
  const [queryClient] = useState(createQueryClient);
  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>
        <UiProvider>{children}</UiProvider>
      </QueryClientProvider>
    </trpc.Provider>
  );
}
