import { ConfabError, errorTable } from '@confab/contract';
import { TRPCClientError } from '@trpc/client';
import { refusalOf } from './transport/refusal.ts';

interface Judgement {
  /** What asking again would not change: a refusal, or an error that is not of the network. */
  readonly final: Error | null;
  readonly retryAfterMs: number | null;
}

/** Whether a failed call is worth another attempt. `final: null`: it is. */
export function judge(error: unknown): Judgement {
  const failure = refusalOf(error);
  if (failure instanceof ConfabError) {
    const { retryable } = errorTable[failure.code];
    return { final: retryable ? null : failure, retryAfterMs: failure.details.retryAfterMs ?? null };
  }
  if (failure instanceof TRPCClientError) return { final: null, retryAfterMs: null };
  return { final: new Error('A call failed.', { cause: failure }), retryAfterMs: null };
}

/** One attempt. @throws ConfabError the refusal, or UNAVAILABLE when there was no answer of Confab's */
export async function answerOf<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const failure = refusalOf(error);
    if (!(failure instanceof TRPCClientError)) throw failure;
    throw new ConfabError('UNAVAILABLE', { message: 'Confab does not answer.', cause: failure });
  }
}
