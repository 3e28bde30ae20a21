import { QueryClient } from '@tanstack/react-query';
import { errorTable } from '@confab/contract';
import { detailsOf } from '@confab/client/transport';

/** A refusal stays one however often it is asked for; anything else is tried twice more. */
function shouldRetry(failures: number, error: unknown): boolean {
  const details = detailsOf(error);
  return failures < 2 && (details === null || errorTable[details.code].retryable);
}

/** As long as the server said, or ever longer, up to half a minute. */
function pauseMs(failures: number, error: unknown): number {
  return detailsOf(error)?.retryAfterMs ?? Math.min(30_000, 1_000 * 2 ** failures);
}

/** What HTTP answers are kept for. Messages and conversations are not here: packages/sync holds them. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: shouldRetry, retryDelay: pauseMs, staleTime: 15_000, refetchOnWindowFocus: false },
      mutations: { retry: false },
    },
  });
}
