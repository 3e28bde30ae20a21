import { ConfabError } from '@confab/contract';
import { isUnavailable, NotBegunError } from '@confab/db';

/** When whoever found too much waiting may find less. */
const retryAfterMs = 1_000;

/**
 * The refusal behind an error: itself; RATE_LIMITED or UNAVAILABLE where too much of the same person, or of all, waits
 * for the database; UNAVAILABLE while it is away; null for what nobody expected.
 */
export function toExpected(error: unknown): ConfabError | null {
  if (error instanceof ConfabError) return error;
  if (error instanceof NotBegunError)
    return new ConfabError(error.reason === 'greedy' ? 'RATE_LIMITED' : 'UNAVAILABLE', { retryAfterMs });
  return isUnavailable(error) ? new ConfabError('UNAVAILABLE', { cause: error }) : null;
}
