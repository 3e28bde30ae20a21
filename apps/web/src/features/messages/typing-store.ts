import { typingEveryMs, typingShownMs, type TypingEvent } from '@confab/contract';
import type { Store } from '@confab/sync';
import type { Client } from '../../lib/client.ts';
import { keepSubscribed } from '@confab/client/transport';
import { KeyedStore } from '../../lib/keyed-store.ts';

const nobody: readonly string[] = [];
/** The server drops what comes sooner, and a hint may travel faster than the one before. */
const pauseMs = typingEveryMs + 250;

/** Who is writing in the open conversation, as the hints tell; and that one writes oneself. */
export class TypingStore {
  readonly #client: Client;
  readonly #writers = new KeyedStore<readonly string[]>();
  /** When a hint is over, by conversation and user. */
  readonly #ends = new Map<string, ReturnType<typeof setTimeout>>();
  /** After each hint, by conversation; and where somebody wrote on meanwhile. */
  readonly #pauses = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #unsaid = new Set<string>();

  constructor(client: Client) {
    this.#client = client;
  }

  /** The ids of those who write in a conversation, the first one first. */
  at(conversationId: string): Store<readonly string[] | undefined> {
    return this.#writers.at(conversationId);
  }

  /**
   * Tells the others that one writes; lost is lost. At most once in a while, at its beginning and, for what was written
   * meanwhile, at its end.
   */
  write(conversationId: string): void {
    if (this.#pauses.has(conversationId)) {
      this.#unsaid.add(conversationId);
      return;
    }
    const afterPause = () => {
      this.#pauses.delete(conversationId);
      if (this.#unsaid.delete(conversationId)) this.write(conversationId);
    };
    this.#pauses.set(conversationId, setTimeout(afterPause, pauseMs));
    this.#client.live.noteTyping.mutate({ conversationId }).catch(() => undefined);
  }

  /** What was written is sent: there is nothing left to tell. */
  sent(conversationId: string): void {
    this.#unsaid.delete(conversationId);
  }

  close(): void {
    for (const pause of this.#pauses.values()) clearTimeout(pause);
  }

  /** Listens in one conversation; returns how to stop. */
  watch(conversationId: string): () => void {
    const stop = keepSubscribed<TypingEvent>({
      open: (observer) => this.#client.live.typing.subscribe({ conversationId }, observer),
      onEvent: ({ userId }) => {
        this.#begin(conversationId, userId);
      },
      onCut: () => {
        this.#endAll(conversationId);
      },
    });
    return () => {
      stop();
      this.#endAll(conversationId);
    };
  }

  /** Somebody's message has come: they are done with it. */
  end(conversationId: string, userId: string): void {
    const key = `${conversationId} ${userId}`;
    if (!this.#ends.has(key)) return;
    clearTimeout(this.#ends.get(key));
    this.#ends.delete(key);
    const left = (this.#writers.get(conversationId) ?? nobody).filter((id) => id !== userId);
    if (left.length === 0) this.#writers.delete(conversationId);
    else this.#writers.set(conversationId, left);
  }

  #begin(conversationId: string, userId: string): void {
    const key = `${conversationId} ${userId}`;
    clearTimeout(this.#ends.get(key));
    const end = () => {
      this.end(conversationId, userId);
    };
    this.#ends.set(key, setTimeout(end, typingShownMs));
    const writers = this.#writers.get(conversationId) ?? nobody;
    if (!writers.includes(userId)) this.#writers.set(conversationId, [...writers, userId]);
  }

  #endAll(conversationId: string): void {
    for (const userId of this.#writers.get(conversationId) ?? nobody) this.end(conversationId, userId);
  }
}
