import { ConfabError } from '@confab/contract';
import { isUnavailable } from '@confab/db';

/** The refusal behind an error: itself, or UNAVAILABLE while the database is away; null for what nobody expected. */
export function toExpected(error: unknown): ConfabError | null {
  if (error instanceof ConfabError) return error;
  return isUnavailable(error) ? new ConfabError('UNAVAILABLE', { cause: error }) : null;
}
