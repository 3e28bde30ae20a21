import { ConfabError, errorTable, type ErrorCode } from '@confab/contract';

/** Why a call did not give an answer. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  /** False only when the server refused and would refuse again. */
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
}

export type Outcome<T> = { readonly value: T } | { readonly failure: Failure };

function failureOf(error: unknown): Failure {
  if (error instanceof ConfabError) {
    const { code, retryAfterMs } = error.details;
    const { retryable } = errorTable[code];
    return { code, message: error.message, retryable, retryAfterMs: retryAfterMs ?? null };
  }
  // Anything else comes from the way to the server: whether it acted is unknown, asking again is safe.
  const code = 'UNAVAILABLE';
  return { code, message: errorTable[code].sentence, retryable: true, retryAfterMs: null };
}

/** Waits for a call of the transport; only what the transport itself throws becomes a failure. */
export async function outcomeOf<T>(call: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await call() };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}
