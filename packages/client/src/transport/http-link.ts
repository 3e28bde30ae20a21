import type { AppRouter } from '@confab/api';
import { limits } from '@confab/contract';
import { httpBatchLink } from '@trpc/client';

/** A call that takes longer, its answer's body included, has failed: whoever waits for it may ask again. */
const callTimeoutMs = 15_000;

export interface HttpOptions {
  /** Of the product's door, without a path; absent: the page's own. */
  readonly origin?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly fetch?: typeof fetch;
}

/** Ends a request that takes too long. (Node 20 may collect what `AbortSignal.any` makes of a timeout, and never end it.) */
function inTime(wrapped: typeof fetch): typeof fetch {
  return (input, init) => {
    const controller = new AbortController();
    for (const signal of [AbortSignal.timeout(callTimeoutMs), init?.signal]) {
      const abort = () => {
        controller.abort(signal?.reason);
      };
      if (signal?.aborted) abort();
      signal?.addEventListener('abort', abort, { once: true });
    }
    return wrapped(input, { ...init, signal: controller.signal });
  };
}

/** Calls in batches over HTTP. */
export function httpLink({ origin = '', headers, fetch: given }: HttpOptions = {}) {
  const fetchInTime = inTime((input, init) => (given ?? fetch)(input, init));
  return httpBatchLink<AppRouter>({
    url: `${origin}/api/trpc`,
    maxItems: limits.batchCallsMax,
    fetch: (input, init) => fetchInTime(input, init as RequestInit),
    ...(headers && { headers }),
  });
}
