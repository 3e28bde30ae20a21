import type { ServerResponse } from 'node:http';
import { errorTable, type ConfabError } from '@confab/contract';

/** The number that JSON-RPC wants beside the code; clients of ours read `data.confab`. */
const jsonRpcInvalidRequest = -32_600;

/** Refuses before the router is reached, in the form in which the router itself refuses. */
export function answerError(response: ServerResponse, error: ConfabError): void {
  const { trpc, http } = errorTable[error.code];
  const { retryAfterMs } = error.details;
  response.statusCode = http;
  response.setHeader('content-type', 'application/json');
  if (retryAfterMs !== undefined) response.setHeader('retry-after', Math.ceil(retryAfterMs / 1_000));
  response.end(
    JSON.stringify({
      error: {
        message: error.message,
        code: jsonRpcInvalidRequest,
        data: { code: trpc, httpStatus: http, confab: error.details },
      },
    }),
  );
}
