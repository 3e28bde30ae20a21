import type { Sync } from '@confab/sync';
import { KeyedStore } from '../../lib/keyed-store.ts';

/** What is written and not sent, by conversation. An empty draft is none. */
export class Drafts extends KeyedStore<string> {
  #keeper: Pick<Sync, 'keepDraft'> | null = null;

  write(conversationId: string, text: string): void {
    this.found(conversationId, text);
    this.#keeper?.keepDraft(conversationId, text);
  }

  /** Adds what was taken back from elsewhere behind what is being written. */
  add(conversationId: string, text: string): void {
    const written = this.get(conversationId);
    this.write(conversationId, written === undefined ? text : `${written}\n${text}`);
  }

  /** An earlier page or another tab left it. */
  found(conversationId: string, text: string): void {
    if (text === '') this.delete(conversationId);
    else this.set(conversationId, text);
  }

  /** From now on what is written is kept on the device. */
  keepIn(keeper: Pick<Sync, 'keepDraft'>): void {
    this.#keeper = keeper;
  }
}
