import { randomBytes } from 'node:crypto';
import { hash as argon2Hash, verify as argon2Verify, type Options } from '@node-rs/argon2';
import { createBoundedQueue } from './bounded-queue.ts';

/**
 * Argon2id (the library's own choice of the three) with 19 MiB, two passes, one lane: the first choice of OWASP's
 * Password Storage Cheat Sheet.
 */
const argon2id = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;
/** Of one of them, on one core of a small machine. */
const hashMs = 40;

/** The two operations that cost time; an argument for tests that count them. */
export interface Argon2 {
  hash(password: string, options: Options): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
}

export interface PasswordsOptions {
  /** So many run at once, each with 19 MiB and one core of libuv's pool. */
  readonly concurrency?: number;
  /** So many wait; the next are refused. */
  readonly queueMax?: number;
  readonly argon2?: Argon2;
}

/** Both refuse with ConfabError('UNAVAILABLE', { retryAfterMs }) when too many are waiting already. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** With a hash of null (there is no such user) it takes as long as with any other, and is false. */
  verify(hash: string | null, password: string): Promise<boolean>;
}

/** Hashing and checking of passwords, behind a bounded queue. */
export function createPasswords({
  concurrency = 2,
  queueMax = 100,
  argon2 = { hash: argon2Hash, verify: argon2Verify },
}: PasswordsOptions = {}): Passwords {
  const dummyHash = hashOfNothing();
  const enqueue = createBoundedQueue({ concurrency, queueMax, taskMs: hashMs });

  return {
    hash: (password) => enqueue(() => argon2.hash(normal(password), argon2id)),
    verify: (hash, password) =>
      enqueue(async () => {
        const matches = await argon2.verify(hash ?? dummyHash, normal(password));
        return hash !== null && matches;
      }),
  };
}

/** A well-formed hash with our own costs, random throughout: no password is behind it, and none has to be hashed for it. */
function hashOfNothing(): string {
  const { memoryCost, timeCost, parallelism } = argon2id;
  const base64 = (bytes: number) => randomBytes(bytes).toString('base64').replaceAll('=', '');
  const costs = `m=${String(memoryCost)},t=${String(timeCost)},p=${String(parallelism)}`;
  return `$argon2id$v=19$${costs}$${base64(16)}$${base64(32)}`;
}

/** Keyboards differ in how they compose what looks the same. */
function normal(password: string): string {
  return password.normalize('NFKC');
}
