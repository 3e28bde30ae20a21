import { createHash } from 'node:crypto';
import { type ClientId, ConfabError } from '@confab/contract';

export const idempotencyKeyPattern = '^[\\x21-\\x7e]{1,255}$';
const keyForm = new RegExp(idempotencyKeyPattern);

/**
 * The client id that stands for a person's Idempotency-Key: the first 128 bits of SHA-256 over `<user id>:<key>`, in hex.
 * Derived, never stored: the same key of the same person means the same thing for ever, and of another person another.
 * @throws ConfabError BAD_INPUT for anything but 1–255 visible ASCII characters
 */
export function clientIdFromKey(userId: string, key: string): ClientId {
  if (!keyForm.test(key)) {
    throw new ConfabError('BAD_INPUT', {
      message: 'An Idempotency-Key has 1 to 255 visible ASCII characters.',
      field: 'Idempotency-Key',
    });
  }
  return createHash('sha256').update(`${userId}:${key}`).digest('hex').slice(0, 32);
}
