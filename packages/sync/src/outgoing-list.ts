import { isOutgoingChange, type Outgoing, type OutgoingChange, type OutgoingText } from './outgoing.ts';

type Step = Pick<Outgoing, 'state' | 'error'>;

/** What is outgoing in one conversation, in order, and the same by what it is. Lists keep their identity until changed. */
export class OutgoingList {
  readonly #changed: () => void;
  #items: readonly Outgoing[] = [];
  #messages: readonly OutgoingText[] = [];
  #changes = new Map<string, readonly OutgoingChange[]>();

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get items(): readonly Outgoing[] {
    return this.#items;
  }

  get messages(): readonly OutgoingText[] {
    return this.#messages;
  }

  changesOf(messageId: string): readonly OutgoingChange[] {
    return this.#changes.get(messageId) ?? [];
  }

  find(clientId: string): Outgoing | undefined {
    return this.#items.find((outgoing) => outgoing.clientId === clientId);
  }

  /** In the place of its older form, else at the end. */
  put(outgoing: Outgoing): void {
    const isKnown = this.find(outgoing.clientId) !== undefined;
    const replaced = (old: Outgoing) => (old.clientId === outgoing.clientId ? outgoing : old);
    this.#set(isKnown ? this.#items.map(replaced) : [...this.#items, outgoing]);
  }

  /** Before everything else: it was written before this page was opened. */
  putFirst(earlier: readonly Outgoing[]): void {
    const fresh = earlier.filter((outgoing) => this.find(outgoing.clientId) === undefined);
    if (fresh.length > 0) this.#set([...fresh, ...this.#items]);
  }

  step(clientId: string, step: Step): Outgoing | undefined {
    const outgoing = this.find(clientId);
    if (outgoing === undefined) return undefined;
    const stepped: Outgoing = { ...outgoing, ...step };
    this.put(stepped);
    return stepped;
  }

  remove(clientId: string): void {
    this.#set(this.#items.filter((outgoing) => outgoing.clientId !== clientId));
  }

  clear(): void {
    this.#set([]);
  }

  #set(items: readonly Outgoing[]): void {
    this.#items = items;
    this.#messages = items.filter((item) => item.kind === 'message');
    this.#changes = new Map();
    for (const change of items.filter(isOutgoingChange)) {
      this.#changes.set(change.messageId, [...this.changesOf(change.messageId), change]);
    }
    this.#changed();
  }
}
