import {
  isAhead,
  keptRangesMax,
  type CacheChanges,
  type KeptConversation,
  type KeptDraft,
  type KeptOutgoing,
  type KeptRange,
  type OutboxStep,
  type SyncStorage,
} from './sync-storage.ts';

/** Storage that ends with this object: for programs, and where a browser refuses a lasting one. */
export class MemoryStorage implements SyncStorage {
  readonly #outbox = new Map<string, KeptOutgoing>();
  readonly #drafts = new Map<string, KeptDraft>();
  readonly #conversations = new Map<string, KeptConversation>();
  readonly #ranges = new Map<string, KeptRange>();
  #epoch: string | null = null;

  async loadOutbox() {
    return Promise.resolve({ outgoing: [...this.#outbox.values()], unreadable: 0 });
  }

  async writeOutbox(steps: readonly OutboxStep[]) {
    for (const step of steps) {
      if (step.type === 'drop') this.#outbox.delete(step.clientId);
      else {
        const { conversationId, outgoing } = step;
        this.#outbox.set(outgoing.clientId, { conversationId, outgoing });
      }
    }
    return Promise.resolve();
  }

  async loadDrafts() {
    return Promise.resolve([...this.#drafts.values()]);
  }

  async writeDrafts(drafts: readonly KeptDraft[]) {
    for (const draft of drafts) {
      if (draft.text === '') this.#drafts.delete(draft.conversationId);
      else this.#drafts.set(draft.conversationId, draft);
    }
    return Promise.resolve();
  }

  async loadList() {
    const conversations = [...this.#conversations.values()];
    return Promise.resolve(this.#epoch === null ? null : { epoch: this.#epoch, conversations });
  }

  async loadRange(conversationId: string) {
    return Promise.resolve(this.#ranges.get(conversationId) ?? null);
  }

  async writeCache({ epoch, conversations, ranges, removed }: CacheChanges) {
    if (epoch !== this.#epoch) await this.clearCache();
    this.#epoch = epoch;
    for (const kept of conversations) this.#conversations.set(kept.conversation.id, kept);
    for (const kept of ranges) {
      if (!isAhead(this.#ranges.get(kept.conversationId), kept)) this.#ranges.set(kept.conversationId, kept);
    }
    for (const conversationId of removed) {
      this.#conversations.delete(conversationId);
      this.#ranges.delete(conversationId);
    }
    const byOpening = [...this.#ranges.values()].sort((a, b) => b.openedAt - a.openedAt);
    for (const { conversationId } of byOpening.slice(keptRangesMax)) this.#ranges.delete(conversationId);
  }

  async clearCache() {
    this.#epoch = null;
    this.#conversations.clear();
    this.#ranges.clear();
    return Promise.resolve();
  }

  close() {
    // Nothing is open.
  }

  async erase() {
    this.#outbox.clear();
    this.#drafts.clear();
    await this.clearCache();
  }
}
