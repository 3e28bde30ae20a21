import type { LiveEvent } from '@confab/contract';

/** A live event that changes what is held; the other two only start a comparison of heads. */
export type DurableEvent = Exclude<LiveEvent, { type: 'live.ready' | 'live.resync' }>;

/** Holds live events back while heads are compared, then passes them in order. */
export class LiveGate {
  readonly #pass: (event: DurableEvent) => void;
  #held: DurableEvent[] | null = null;

  constructor(pass: (event: DurableEvent) => void) {
    this.#pass = pass;
  }

  receive(event: DurableEvent): void {
    if (this.#held === null) this.#pass(event);
    else this.#held.push(event);
  }

  close(): void {
    this.#held ??= [];
  }

  /** An event that passes may close the gate again (another epoch): the rest waits then. */
  open(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const event of held) this.receive(event);
  }

  /** Forgets what is held back: whoever compares heads from here on learns it from the list. */
  clear(): void {
    if (this.#held !== null) this.#held = [];
  }
}
