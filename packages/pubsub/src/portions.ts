import { ConfabError } from '@confab/contract';
import type { Limiter } from './limiter.ts';

/** Some 5 MB. Beyond, the oldest are forgotten, with what is left in them. */
const pursesMax = 50_000;

/** What one key has taken and not spent. */
interface Purse {
  points: number;
  /** Refused: until then nothing is asked again. */
  refusedUntil: number;
  filling: Promise<void> | null;
}

export interface PortionsOptions {
  /** So many points are taken at once, or as many as are asked for. */
  readonly portion: number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/**
 * A limit of what is cheap and frequent: its points are taken in portions and spent in this process, so that one call in
 * a hundred asks Redis, and a refused key asks nothing until its wait is over. The price is precision: each of p
 * processes holds less than two portions that are not spent, so a key is refused up to 2(p - 1) portions early, and after
 * a pause spends up to 2p portions more than the limit says.
 */
export function inPortions(limiter: Limiter, { portion, clock }: PortionsOptions): Limiter {
  const purses = new Map<string, Purse>();

  function purseOf(key: string): Purse {
    const known = purses.get(key);
    if (known) return known;
    const purse = { points: 0, refusedUntil: 0, filling: null };
    purses.set(key, purse);
    const [oldest] = purses.keys();
    if (purses.size > pursesMax && oldest !== undefined) purses.delete(oldest);
    return purse;
  }

  async function fill(key: string, purse: Purse, points: number): Promise<void> {
    try {
      await limiter.consume(key, points);
      purse.points += points;
    } catch (error) {
      if (error instanceof ConfabError) purse.refusedUntil = clock() + (error.details.retryAfterMs ?? 0);
      throw error;
    } finally {
      purse.filling = null;
    }
  }

  return {
    async consume(key, points = 1) {
      const purse = purseOf(key);
      while (purse.points < points) {
        refuseUntil(purse.refusedUntil, clock());
        purse.filling ??= fill(key, purse, Math.max(portion, points - purse.points));
        await purse.filling;
      }
      purse.points -= points;
    },
    async refund(key, points = 1) {
      const purse = purseOf(key);
      purse.points += points;
      // More than a portion is of use to other processes.
      if (purse.points < 2 * portion) return;
      purse.points -= portion;
      await limiter.refund(key, portion);
    },
    async peek(key) {
      if (purseOf(key).points < 1) await limiter.peek(key);
    },
  };
}

function refuseUntil(until: number, now: number): void {
  if (until > now) throw new ConfabError('RATE_LIMITED', { retryAfterMs: until - now });
}
