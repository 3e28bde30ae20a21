import { ConfabError, errorTable } from '@confab/contract';
import type { SyncTransport } from '@confab/sync';
import type { Acknowledged, Applied, Body, Sent } from '../checker/log.ts';

interface Request {
  readonly conversationId: string;
  readonly clientId: string;
}

interface Answer {
  readonly entry: { readonly rev: number; readonly id?: string };
}

/** What one device wrote down. */
export class Journal {
  readonly sent: Sent[] = [];
  readonly acknowledged: Acknowledged[] = [];
  readonly applied: Applied[] = [];
  readonly edited: { messageId: string; text: string }[] = [];
  readonly refused: string[] = [];
  readonly #changes = new Set<string>();
  #messages = 0;
  #underWay = 0;
  #lastAcknowledgedAt = -Infinity;

  /** A send or a change went out and nobody knows yet what became of it. */
  get isSending(): boolean {
    return this.#underWay > 0;
  }

  /** When the latest request began that was acknowledged; monotonic milliseconds. */
  get lastAcknowledgedAt(): number {
    return this.#lastAcknowledgedAt;
  }

  get messages(): number {
    return this.#messages;
  }

  noteMessage(request: Request, text: string): void {
    this.sent.push({ ...request, body: { kind: 'message', text }, order: this.#messages });
    this.#messages += 1;
  }

  /** Writes down what goes out and what the server says to it, whatever sync makes of the answer. */
  watch(transport: SyncTransport): SyncTransport {
    return {
      ...transport,
      send: (input) => this.#watched(input, () => transport.send(input)),
      edit: (input) => {
        this.#noteChange(input, { kind: 'edit', messageId: input.messageId, text: input.text });
        return this.#watched(input, () => transport.edit(input));
      },
      remove: (input) => {
        this.#noteChange(input, { kind: 'deletion', messageId: input.messageId });
        return this.#watched(input, () => transport.remove(input));
      },
      react: (input) => {
        const { messageId, emoji, on } = input;
        this.#noteChange(input, { kind: 'reaction', messageId, emoji, on });
        return this.#watched(input, () => transport.react(input));
      },
    };
  }

  /** Sync chooses the client id of a change: its first attempt tells it. */
  #noteChange({ conversationId, clientId }: Request, body: Body): void {
    if (this.#changes.has(clientId)) return;
    this.sent.push({ conversationId, clientId, body, order: this.#changes.size });
    this.#changes.add(clientId);
  }

  async #watched<T extends Answer>(
    { conversationId, clientId }: Request,
    call: () => Promise<T>,
  ): Promise<T> {
    const from = performance.now();
    this.#underWay += 1;
    try {
      const answer = await call();
      const { rev, id = '' } = answer.entry;
      this.acknowledged.push({ conversationId, clientId, rev, entryId: id });
      this.#lastAcknowledgedAt = Math.max(this.#lastAcknowledgedAt, from);
      return answer;
    } catch (error) {
      if (error instanceof ConfabError && !errorTable[error.code].retryable) this.refused.push(clientId);
      throw error;
    } finally {
      this.#underWay -= 1;
    }
  }
}
