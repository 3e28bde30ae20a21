import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { limits } from '@confab/contract';
import { hash as argon2Hash, verify as argon2Verify, type Options } from '@node-rs/argon2';
import { createFairQueue, type Place } from './fair-queue.ts';

/**
 * Argon2id (the library's own choice of the three) with 19 MiB, two passes, one lane: the first choice of OWASP's
 * Password Storage Cheat Sheet.
 */
const argon2id = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;
/** Of one of them, on one core of a small machine. */
const hashMs = 40;
/** A hash takes a core for itself; one core is left to those who are signed in. */
const hashesAtOnce = Math.min(2, Math.max(1, availableParallelism() - 1));

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

/**
 * What a hash is for, the most urgent first. Whoever is known waits behind no stranger's guesses, and whoever signs in
 * behind nobody who is signed in already, or has no account yet.
 */
const purposes = ['knownDevice', 'signIn', 'change', 'registration'] as const;

/** Where a hash waits for its turn. */
export interface HashPlace {
  readonly purpose: (typeof purposes)[number];
  /** Whose it is, an address: of one purpose, each of them has a turn before anybody has a second one. */
  readonly line: string;
}

/** Both refuse with ConfabError('UNAVAILABLE', { retryAfterMs }), at once, when too many are waiting already. */
export interface Passwords {
  hash(password: string, place: HashPlace): Promise<string>;
  /** With a hash of null (there is no such user) it takes as long as with any other, and is false. */
  verify(hash: string | null, password: string, place: HashPlace): Promise<boolean>;
}

/** Hashing and checking of passwords, behind a bounded queue. */
export function createPasswords({
  concurrency = hashesAtOnce,
  queueMax = limits.hashQueueMax,
  argon2 = { hash: argon2Hash, verify: argon2Verify },
}: PasswordsOptions = {}): Passwords {
  const dummyHash = hashOfNothing();
  const enqueue = createFairQueue({ concurrency, queueMax, taskMs: hashMs });

  return {
    hash: (password, place) => enqueue(queued(place), () => argon2.hash(normal(password), argon2id)),
    verify: (hash, password, place) =>
      enqueue(queued(place), async () => {
        const matches = await argon2.verify(hash ?? dummyHash, normal(password));
        return hash !== null && matches;
      }),
  };
}

function queued({ purpose, line }: HashPlace): Place {
  return { rank: purposes.indexOf(purpose), line };
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
