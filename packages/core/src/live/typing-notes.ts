import { typingEveryMs } from '@confab/contract';
import type { LiveTiming } from './live.ts';

/** Beyond, what is over is forgotten. */
const notesMax = 10_000;

/** Who has just been announced as typing where, by this process: the same is not said again for a while. */
export class TypingNotes {
  readonly #clock: () => number;
  readonly #untilMs = new Map<string, number>();

  constructor({ monotonicMs = () => performance.now() }: Pick<LiveTiming, 'monotonicMs'> = {}) {
    this.#clock = monotonicMs;
  }

  /** Whether it was noted less than `typingEveryMs` ago. */
  isRecent(userId: string, conversationId: string): boolean {
    return (this.#untilMs.get(`${userId}:${conversationId}`) ?? -Infinity) > this.#clock();
  }

  note(userId: string, conversationId: string): void {
    const now = this.#clock();
    const key = `${userId}:${conversationId}`;
    this.#untilMs.delete(key);
    this.#untilMs.set(key, now + typingEveryMs);
    if (this.#untilMs.size > notesMax) this.#forgetOver(now);
  }

  /** In the order of their ends, for all last equally long. */
  #forgetOver(now: number): void {
    for (const [key, until] of this.#untilMs) {
      if (until > now && this.#untilMs.size <= notesMax) return;
      this.#untilMs.delete(key);
    }
  }
}
