import { ConfabError } from '@confab/contract';
import { errorFields, type Log } from '@confab/log';
import { gcraScript, type Rate } from './gcra.ts';
import type { Keys } from './keys.ts';
import type { Limiter, LimiterOptions } from './limiter.ts';
import { LocalLimits } from './local-limits.ts';
import type { RedisConnection } from './redis-connection.ts';

interface LimitsOptions {
  readonly connection: RedisConnection;
  readonly keys: Keys;
  readonly log: Log;
  readonly clock: () => number;
}

interface Limit extends Rate {
  readonly redisKey: string;
}

/**
 * Limits counted twice: in this process, which is asked first, and in Redis, which knows all processes. This process'
 * count is never above the common one (but for the milliseconds of the way there), so that it refuses nobody whom Redis
 * would let pass; and it goes on from where it stands when Redis is lost or flushed, instead of granting a new burst.
 */
export class Limits {
  readonly #options: LimitsOptions;
  readonly #local: LocalLimits;
  #alone = false;

  constructor(options: LimitsOptions) {
    this.#options = options;
    this.#local = new LocalLimits(options.clock);
  }

  limiter({ name, points, windowMs }: LimiterOptions): Limiter {
    if (!Number.isSafeInteger(points) || points < 1 || !(windowMs > 0)) {
      throw new RangeError(`The limit ${name} needs at least one point and a window.`);
    }
    const limitOf = (key: string): Limit => ({
      points,
      intervalMs: windowMs / points,
      redisKey: this.#options.keys.limit(name, key),
    });
    return {
      consume: async (key, count = 1) => {
        if (!Number.isSafeInteger(count) || count < 1 || count > points) {
          throw new RangeError(`The limit ${name} has ${String(points)} points, never ${String(count)}.`);
        }
        await this.#consume(limitOf(key), count);
      },
      refund: async (key, count = 1) => {
        const limit = limitOf(key);
        this.#local.take(limit.redisKey, limit, -count);
        await this.#ask(limit, { cost: -count, keep: true });
      },
      peek: async (key) => {
        const limit = limitOf(key);
        refuse(this.#local.peek(limit.redisKey, limit));
        refuse(await this.#ask(limit, { cost: 1, keep: false }));
      },
    };
  }

  async #consume(limit: Limit, cost: number): Promise<void> {
    refuse(this.#local.take(limit.redisKey, limit, cost));
    const waitMs = await this.#ask(limit, { cost, keep: true });
    if (waitMs > 0) this.#local.take(limit.redisKey, limit, -cost);
    refuse(waitMs);
  }

  /** What Redis says; 0 when it says nothing, because then this process' own count has decided. */
  async #ask(limit: Limit, { cost, keep }: { cost: number; keep: boolean }): Promise<number> {
    const intervalUs = Math.round(limit.intervalMs * 1_000);
    try {
      const waitMs = await this.#options.connection.run((redis) =>
        redis.eval(gcraScript, 1, limit.redisKey, limit.points, intervalUs, cost, keep ? '1' : '0'),
      );
      this.#noteAlone(false);
      return Number(waitMs);
    } catch (error) {
      this.#noteAlone(true, error);
      return 0;
    }
  }

  #noteAlone(alone: boolean, error?: unknown): void {
    if (this.#alone === alone) return;
    this.#alone = alone;
    if (alone) this.#options.log.warn('limits.fellBack', errorFields(error));
    else this.#options.log.info('limits.restored');
  }
}

function refuse(waitMs: number): void {
  if (waitMs > 0) throw new ConfabError('RATE_LIMITED', { retryAfterMs: waitMs });
}
