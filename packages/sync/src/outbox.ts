import type { Entry } from '@confab/contract';
import { Lane, type LaneHost } from './lane.ts';
import type { Outgoing, OutgoingChange, OutgoingChangeBody, OutgoingText } from './outgoing.ts';
import type { KeptOutgoing } from './storage/sync-storage.ts';

/** So many ended client ids are remembered: what another tab or the storage says of them is late. */
const endedMax = 1_000;

const none: readonly never[] = [];

export interface OutboxHost extends LaneHost {
  /** What the log is known to hold of it; null for nothing. */
  storedOf(conversationId: string, clientId: string): Entry | null;
  /** It is in the log; told before `ended`, so that other tabs never show neither. */
  confirmed(conversationId: string, entry: Entry): void;
}

/** Everything of ours that the server has not confirmed: one lane per conversation, lanes independent. */
export class Outbox {
  readonly #host: OutboxHost;
  readonly #lanes = new Map<string, Lane>();
  readonly #ended = new Set<string>();
  #connected = false;

  constructor(host: OutboxHost) {
    this.#host = {
      ...host,
      ended: (conversationId, clientId) => {
        this.#end(clientId);
        host.ended(conversationId, clientId);
      },
    };
  }

  messages(conversationId: string): readonly OutgoingText[] {
    return this.#lanes.get(conversationId)?.list.messages ?? none;
  }

  changesOf(conversationId: string, messageId: string): readonly OutgoingChange[] {
    return this.#lanes.get(conversationId)?.list.changesOf(messageId) ?? none;
  }

  send(conversationId: string, text: string): string {
    return this.#lane(conversationId).add({ kind: 'message', text });
  }

  change(conversationId: string, body: OutgoingChangeBody): void {
    this.#lane(conversationId).addChange(body);
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
    if (lane === undefined || lane.list.items.length === 0) return;
    for (const entry of entries) {
      if (entry.kind === 'void' || entry.senderId !== this.#host.userId) continue;
      if (lane.list.find(entry.clientId) === undefined) continue;
      this.#host.confirmed(conversationId, entry);
      lane.remove(entry.clientId);
    }
  }

  /** What was written before this page was opened goes before what was written since. */
  restore(kept: readonly KeptOutgoing[]): void {
    for (const one of [...kept].reverse()) this.#adopt(one, { isOurs: true, isFirst: true });
  }

  /** Another tab keeps it, in this form. `isOurs`: it is this tab that sends. */
  adopt(kept: KeptOutgoing, isOurs: boolean): void {
    this.#adopt(kept, { isOurs, isFirst: false });
  }

  /** This tab sends from now on, also what other tabs kept and it has not heard of. */
  takeOver(kept: readonly KeptOutgoing[]): void {
    for (const lane of this.#lanes.values()) lane.takeOver();
    for (const one of kept) {
      if (this.#find(one) === undefined) this.#adopt(one, { isOurs: true, isFirst: false });
    }
  }

  handOver(): void {
    for (const lane of this.#lanes.values()) lane.handOver();
  }

  /** It ended in another tab. */
  forget(conversationId: string, clientId: string): void {
    this.#end(clientId);
    this.#lanes.get(conversationId)?.forget(clientId);
  }

  get isEmpty(): boolean {
    return [...this.#lanes.values()].every(({ list }) => list.items.every(({ state }) => state === 'failed'));
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

  #find({ conversationId, outgoing }: KeptOutgoing): Outgoing | undefined {
    return this.#lanes.get(conversationId)?.list.find(outgoing.clientId);
  }

  #adopt(kept: KeptOutgoing, place: { isOurs: boolean; isFirst: boolean }): void {
    const { conversationId, outgoing } = kept;
    if (this.#ended.has(outgoing.clientId)) return;
    const stored = this.#host.storedOf(conversationId, outgoing.clientId);
    if (stored !== null) {
      this.#host.confirmed(conversationId, stored);
      this.#host.ended(conversationId, outgoing.clientId);
      return;
    }
    this.#lane(conversationId).adopt(outgoing, place);
  }

  #end(clientId: string): void {
    this.#ended.add(clientId);
    const [oldest] = this.#ended;
    if (this.#ended.size > endedMax && oldest !== undefined) this.#ended.delete(oldest);
  }

  #lane(conversationId: string): Lane {
    const known = this.#lanes.get(conversationId);
    if (known !== undefined) return known;
    const lane = new Lane(conversationId, this.#host, this.#connected);
    this.#lanes.set(conversationId, lane);
    return lane;
  }
}
