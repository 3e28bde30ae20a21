import { QueryClient } from '@tanstack/react-query';
import { errorTable } from '@confab/contract';
import { detailsOf } from '@confab/client/transport';

/** A refusal stays one however often it is asked for; anything else is tried twice more. */
function shouldRetry(failures: number, error: unknown): boolean {
  const details = detailsOf(error);
  return failures < 2 && (details === null || errorTable[details.code].retryable);
}

/** What HTTP answers are kept for. Messages and conversations are not here: packages/sync holds them. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: shouldRetry, staleTime: 15_000, refetchOnWindowFocus: false },
      mutations: { retry: false },
    },
  });
}
