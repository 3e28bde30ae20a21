import type { AppRouter } from '@confab/api';
import { detailsOf } from '@confab/client/transport';
import type { ErrorDetails } from '@confab/contract';
import type { TRPCLink } from '@trpc/client';
import { tap } from '@trpc/server/observable';

/** Tells of every call that the server refused, whoever made it, beside its caller. */
export function refusalLink(onRefused: (details: ErrorDetails) => void): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      next(op).pipe(
        tap({
          error(error) {
            const details = detailsOf(error);
            if (details) onRefused(details);
          },
        }),
      );
}
