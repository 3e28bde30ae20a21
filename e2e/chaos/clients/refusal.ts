import type { AppRouter } from '@confab/api';
import { ConfabError, type ErrorDetails, isErrorCode } from '@confab/contract';
import { TRPCClientError } from '@trpc/client';

function isDetails(details: unknown): details is ErrorDetails {
  return typeof details === 'object' && details !== null && 'code' in details && isErrorCode(details.code);
}

/** Rejects with a `ConfabError` when the server refused, with the error itself when nobody knows whether it acted. */
export async function withRefusals<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof TRPCClientError)) throw error;
    const details: unknown = (error as TRPCClientError<AppRouter>).data?.confab;
    if (!isDetails(details)) throw error;
    const { code, ...rest } = details;
    throw new ConfabError(code, { ...rest, message: error.message, cause: error });
  }
}
