import { TRPCClientError } from '@trpc/client';
import { ConfabError, isErrorCode, type ErrorDetails } from '@confab/contract';
import type { AppRouter } from '@confab/api';

/**
 * What a failed call means: a `ConfabError` when the server refused, the error itself when nobody knows whether the
 * server acted (the connection broke, an answer in between was no answer of ours).
 */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof TRPCClientError)) return error;
  const details = (error as TRPCClientError<AppRouter>).data?.confab;
  if (!isConfabDetails(details)) return error;
  const { code, ...rest } = details;
  return new ConfabError(code, { ...rest, message: error.message, cause: error });
}

/** An answer may come from another version of the server. */
function isConfabDetails(details: unknown): details is ErrorDetails {
  return typeof details === 'object' && details !== null && 'code' in details && isErrorCode(details.code);
}

/** The refusal's details, or null for a failure on the way. */
export function detailsOf(error: unknown): ErrorDetails | null {
  const refusal = refusalOf(error);
  return refusal instanceof ConfabError ? refusal.details : null;
}

/** Rejects with what {@link refusalOf} makes of the error. */
export async function withRefusals<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw refusalOf(error);
  }
}
