import { createHash } from 'node:crypto';
import { generateIdFromEntropySize } from 'lucia';

/** 200 random bits as 40 base-32 digits. */
const tokenBytes = 25;
const tokenPattern = /^[a-z2-7]{40}$/;

export function newToken(): string {
  return generateIdFromEntropySize(tokenBytes);
}

/** Whether something has the form of a token. Whatever has not is refused before any query. */
export function isToken(value: string): boolean {
  return tokenPattern.test(value);
}

/**
 * What a token is stored and looked up under. A plain hash is enough for 200 random bits. Because the lookup is by
 * hash, the time it takes tells nothing about a token that nearly matches.
 */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** What a session is called before people: 32 hex digits that lead neither to its token nor to its hash. */
export function publicSessionId(tokenHash: string): string {
  return createHash('sha256').update(`public:${tokenHash}`).digest('hex').slice(0, 32);
}
