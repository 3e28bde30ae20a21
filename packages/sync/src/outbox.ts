import type { Entry } from '@confab/contract';
import { Lane, type LaneHost } from './lane.ts';
import type { OutgoingMessage } from './views.ts';

const none: readonly OutgoingMessage[] = [];

/** Every message of ours that the server has not confirmed: one lane per conversation, lanes independent. */
export class Outbox {
  readonly #host: LaneHost;
  readonly #userId: string;
  readonly #lanes = new Map<string, Lane>();
  #connected = false;

  constructor(userId: string, host: LaneHost) {
    this.#userId = userId;
    this.#host = host;
  }

  messages(conversationId: string): readonly OutgoingMessage[] {
    return this.#lanes.get(conversationId)?.messages ?? none;
  }

  send(conversationId: string, text: string): string {
    const lane = this.#lanes.get(conversationId) ?? new Lane(conversationId, this.#host, this.#connected);
    this.#lanes.set(conversationId, lane);
    return lane.add(text);
  }

  retry(conversationId: string, clientId: string): void {
    this.#lanes.get(conversationId)?.retry(clientId);
  }

  discard(conversationId: string, clientId: string): string | null {
    return this.#lanes.get(conversationId)?.discard(clientId) ?? null;
  }

  /** Entries seen in the log: those of ours need no sending any more, wherever they were seen. */
  confirm(conversationId: string, entries: readonly Entry[]): void {
    const lane = this.#lanes.get(conversationId);
    if (lane === undefined || lane.messages.length === 0) return;
    for (const entry of entries) {
      if (entry.kind !== 'void' && entry.senderId === this.#userId) lane.confirm(entry.clientId);
    }
  }

  connect(): void {
    this.#connected = true;
    for (const lane of this.#lanes.values()) lane.connect();
  }

  disconnect(): void {
    this.#connected = false;
    for (const lane of this.#lanes.values()) lane.disconnect();
  }

  stop(): void {
    this.#connected = false;
    for (const lane of this.#lanes.values()) lane.stop();
    this.#lanes.clear();
  }
}
