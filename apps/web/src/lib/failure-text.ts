import { ConfabError } from '@confab/contract';
import { refusalOf } from '@confab/client/transport';
import { text } from './text.ts';

/** What a person reads when a call failed. */
export function failureText(error: unknown): string {
  const refusal = refusalOf(error);
  return refusal instanceof ConfabError ? refusal.message : text.unreachable;
}
