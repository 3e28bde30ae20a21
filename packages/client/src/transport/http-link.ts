import type { AppRouter } from '@confab/api';
import { limits } from '@confab/contract';
import { patientLink } from './patient-link.ts';
import { httpBatchLink, httpLink as singleLink, splitLink, type TRPCLink } from '@trpc/client';

/** A call that takes longer, its answer's body included, has failed: whoever waits for it may ask again. */
const callTimeoutMs = 15_000;

/** What servers in between commonly take. */
const urlLengthMax = 7_000;

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

/** The context of a call that is the last of its page, which may be gone before a batch is gathered or answered. */
export const leavingCall = { leaving: true } as const;

/** Whether a call has this context. */
export function isLeaving({ context }: { readonly context: Record<string, unknown> }): boolean {
  return context['leaving'] === true;
}

/**
 * Calls over HTTP: in batches, but a page's last ones alone and at once, by a request that outlives the page. Queries
 * wait where the server asks for it.
 */
export function httpLink({ origin = '', headers, fetch: given }: HttpOptions = {}): TRPCLink<AppRouter> {
  const fetchInTime = inTime((input, init) => (given ?? fetch)(input, init));
  const options = { url: `${origin}/api/trpc`, ...(headers && { headers }) };
  return splitLink({
    condition: isLeaving,
    true: singleLink<AppRouter>({
      ...options,
      fetch: (input, init) => fetchInTime(input, { ...(init as RequestInit), keepalive: true }),
    }),
    false: [
      patientLink(),
      httpBatchLink<AppRouter>({
        ...options,
        maxItems: limits.batchCallsMax,
        maxURLLength: urlLengthMax,
        fetch: (input, init) => fetchInTime(input, init as RequestInit),
      }),
    ],
  });
}
