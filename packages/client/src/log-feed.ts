import { ConfabError, type Entry, type LiveEvent } from '@confab/contract';

/** Live entries that wait for a slow reader; beyond so many they are dropped, and pulled when there is time. */
const aheadMax = 500;

/** What was heard, live, of one conversation: the entries above the reader's cursor, or that there may be some. */
export class LogFeed {
  readonly #conversationId: string;
  #ahead: Entry[] = [];
  #doubtful = true;
  #epoch: string | null = null;

  constructor(conversationId: string) {
    this.#conversationId = conversationId;
  }

  hear(event: LiveEvent): void {
    switch (event.type) {
      case 'live.ready':
      case 'live.resync':
        this.doubt();
        return;
      case 'conversation.joined':
      case 'conversation.left':
      case 'conversation.advanced':
        if (event.conversationId === this.#conversationId) this.doubt();
        return;
      case 'entries.appended':
        if (event.conversationId === this.#conversationId) this.#keep(event.epoch, event.entries);
        return;
      default:
    }
  }

  /** There may be more in the log than was heard of. */
  doubt(): void {
    this.#doubtful = true;
  }

  /** What is heard from here on is not in the pull that is about to be asked for. */
  beginPull(): void {
    this.#doubtful = false;
  }

  /** Whether only a pull tells what follows the cursor. */
  isBehind(cursor: number): boolean {
    this.#ahead = this.#ahead.filter(({ rev }) => rev > cursor);
    return this.#doubtful || (this.#ahead.length > 0 && !this.#ahead.some(({ rev }) => rev === cursor + 1));
  }

  /** Takes what follows the cursor without a hole. */
  take(cursor: number): Entry[] {
    const taken: Entry[] = [];
    for (const entry of this.#ahead.toSorted((a, b) => a.rev - b.rev)) {
      if (entry.rev === cursor + taken.length + 1) taken.push(entry);
    }
    return taken;
  }

  /**
   * Of an answer. Cursors of another epoch mean nothing.
   * @throws ConfabError EPOCH_CHANGED
   */
  meet(epoch: string): void {
    this.#epoch ??= epoch;
    if (this.#epoch !== epoch) throw new ConfabError('EPOCH_CHANGED');
  }

  #keep(epoch: string, entries: readonly Entry[]): void {
    // Of another epoch, or of one not known yet: a pull tells.
    if (epoch === this.#epoch && this.#ahead.length + entries.length <= aheadMax) {
      this.#ahead.push(...entries);
    } else {
      this.#ahead = [];
      this.doubt();
    }
  }
}
