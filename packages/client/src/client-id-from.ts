import { createHash } from 'node:crypto';
import type { ClientId } from '@confab/contract';

/**
 * A client id that the same words give every time. What is sent under it is one message, whichever process sends it
 * and however often: an answer is given once if its client id comes from the id of what it answers.
 */
export function clientIdFrom(...words: readonly string[]): ClientId {
  return createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 32);
}
