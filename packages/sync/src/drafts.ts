import type { Clock } from './clock.ts';
import type { KeptDraft } from './storage/sync-storage.ts';

/** Somebody who types is not waited for: so much of what was written last may be lost with a crash of the page. */
const writeBehindMs = 500;

export interface DraftsHost {
  readonly clock: Clock;
  load(): Promise<readonly KeptDraft[]>;
  write(drafts: readonly KeptDraft[]): void;
  /** To the other tabs. */
  post(draft: KeptDraft): void;
  /** An earlier page or another tab left this. */
  found(draft: KeptDraft): void;
}

/** Keeps on the device what is written and not sent: a key pressed costs an entry in a map, a burst of them one write. */
export class Drafts {
  readonly #host: DraftsHost;
  #unwritten = new Map<string, string>();
  #loaded = false;
  #cancelTimer: (() => void) | null = null;

  constructor(host: DraftsHost) {
    this.#host = host;
  }

  async start(): Promise<void> {
    const drafts = await this.#host.load();
    this.#loaded = true;
    for (const { conversationId, text } of drafts) {
      // Somebody began to write before the device had answered: that goes on behind what was there.
      const written = this.#unwritten.get(conversationId);
      const draft = { conversationId, text: `${text}${written ?? ''}` };
      if (written !== undefined) this.keep(draft);
      this.#host.found(draft);
    }
  }

  /** Written a moment later; an empty text at once, for what was sent is not to come back. */
  keep({ conversationId, text }: KeptDraft): void {
    this.#unwritten.set(conversationId, text);
    if (text === '') this.flush();
    else
      this.#cancelTimer ??= this.#host.clock.setTimer(() => {
        this.flush();
      }, writeBehindMs);
  }

  /** Another tab kept it. What is written here and not kept yet is later. */
  hear(draft: KeptDraft): void {
    if (!this.#unwritten.has(draft.conversationId)) this.#host.found(draft);
  }

  flush(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    // Before the device has answered nobody knows what a write would replace.
    if (!this.#loaded || this.#unwritten.size === 0) return;
    const drafts = [...this.#unwritten].map(([conversationId, text]) => ({ conversationId, text }));
    this.#unwritten = new Map();
    this.#host.write(drafts);
    for (const draft of drafts) this.#host.post(draft);
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#unwritten = new Map();
  }
}
