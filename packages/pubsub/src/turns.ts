import { errorFields, type Log } from '@confab/log';
import type { Keys } from './keys.ts';
import { type Pacer, type Turn, turnScript, waitMs } from './pacer.ts';
import type { RedisConnection } from './redis-connection.ts';

/** Some 10 MB. Beyond, the oldest keys are forgotten: Redis still knows them. */
const keysMax = 50_000;

interface TurnsOptions {
  readonly connection: RedisConnection;
  readonly keys: Keys;
  readonly log: Log;
  readonly clock: () => number;
}

/**
 * Turns, noted twice: in this process, which is asked first, and in Redis, which knows all processes. What this process
 * granted it refuses to grant again too early, whatever becomes of Redis.
 */
export class Turns {
  readonly #options: TurnsOptions;
  readonly #last = new Map<string, { by: string; at: number }>();
  #alone = false;

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  pacer(name: string): Pacer {
    return { take: (key, turn) => this.#take(this.#options.keys.turn(name, key), turn) };
  }

  async #take(key: string, turn: Turn): Promise<number> {
    const now = this.#options.clock();
    const before = this.#last.get(key);
    const ownWaitMs = waitMs(before, turn, now);
    if (ownWaitMs > 0) return ownWaitMs;
    // Noted before Redis has answered: another one that asks meanwhile must not have the turn, too.
    const noted = before?.by === turn.by ? before : { by: turn.by, at: now };
    this.#note(key, noted);
    const commonWaitMs = await this.#ask(key, turn);
    if (commonWaitMs > 0 && this.#last.get(key) === noted) {
      if (before) this.#note(key, before);
      else this.#last.delete(key);
    }
    return commonWaitMs;
  }

  /** What Redis says; 0 when it says nothing, because then this process' own notes have decided. */
  async #ask(key: string, { by, intervalMs }: Turn): Promise<number> {
    try {
      const answer = await this.#options.connection.run((redis) =>
        redis.eval(turnScript, 1, key, by, intervalMs),
      );
      this.#noteAlone(false);
      return Number(answer);
    } catch (error) {
      this.#noteAlone(true, error);
      return 0;
    }
  }

  /** The longest ago stands first, so that it is the one to be forgotten. */
  #note(key: string, last: { by: string; at: number }): void {
    this.#last.delete(key);
    this.#last.set(key, last);
    const [oldest] = this.#last.keys();
    if (this.#last.size > keysMax && oldest !== undefined) this.#last.delete(oldest);
  }

  #noteAlone(alone: boolean, error?: unknown): void {
    if (this.#alone === alone) return;
    this.#alone = alone;
    if (alone) this.#options.log.warn('turns.fellBack', errorFields(error));
    else this.#options.log.info('turns.restored');
  }
}
