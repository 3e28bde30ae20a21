import type { Conversation, LiveEvent } from '@confab/contract';
import type { Clock } from './clock.ts';
import type { Epoch } from './epoch.ts';
import { Heads } from './heads.ts';
import { LiveGate, type DurableEvent } from './live-gate.ts';
import type { SyncTransport } from './transport.ts';
import { View } from './view.ts';
import type { ConnectionState } from './views.ts';

export interface ConnectionHost {
  readonly transport: SyncTransport;
  readonly clock: Clock;
  readonly epoch: Epoch;
  reduce(event: DurableEvent): void;
  /** Takes the list in; resolves once what lay behind it was pulled. */
  apply(conversations: ReadonlyMap<string, Conversation>): Promise<void>;
  /** There was no list this time. True when there is one from before, which live events can be applied to. */
  listFailed(): boolean;
  /** Requests may go out. */
  opened(): void;
  /** Heads were compared. */
  compared(): void;
  closed(): void;
}

/** The subscription: opens, compares heads, then lets live events pass, in order. */
export class Connection {
  readonly state: View<ConnectionState>;
  readonly #host: ConnectionHost;
  readonly #heads: Heads;
  readonly #gate: LiveGate;
  #state: ConnectionState = 'connecting';
  #open = false;
  #unsubscribe: (() => void) | null = null;

  constructor(host: ConnectionHost) {
    this.#host = host;
    this.state = new View(() => this.#state);
    this.#gate = new LiveGate((event) => {
      host.reduce(event);
    });
    this.#heads = this.#createHeads();
  }

  start(): void {
    this.#unsubscribe ??= this.#host.transport.subscribe({
      onEvent: (event) => {
        this.#onEvent(event);
      },
      onDisconnect: () => {
        this.#close('offline');
      },
    });
  }

  stop(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#close('connecting');
  }

  /** What is held became void: it is learned anew, from the list. */
  compareAgain(): void {
    if (this.#open) this.#heads.compare();
  }

  #onEvent(event: LiveEvent): void {
    if (event.type === 'live.ready') this.#ready(event.epoch);
    else if (!this.#open) return;
    else if (event.type === 'live.resync') this.#heads.compare();
    else this.#gate.receive(event);
  }

  #ready(epoch: string): void {
    // Refused once, the epoch before is forgotten; this one is then the first seen.
    if (!this.#host.epoch.accepts(epoch)) this.#host.epoch.accepts(epoch);
    this.#open = true;
    this.#gate.clear();
    this.#heads.compare();
    this.#host.opened();
  }

  #close(state: ConnectionState): void {
    this.#open = false;
    this.#setState(state);
    this.#heads.cancel();
    this.#gate.clear();
    this.#host.closed();
  }

  #createHeads(): Heads {
    const { clock, epoch, transport } = this.#host;
    return new Heads({
      clock,
      epoch,
      listConversations: (input) => transport.listConversations(input),
      begun: () => {
        this.#gate.close();
      },
      apply: (conversations) => this.#host.apply(conversations),
      compared: () => {
        this.#gate.open();
        this.#setState('online');
        this.#host.compared();
      },
      failed: () => {
        // Live events must not wait for a list that may take long: each of them is safe by its own rev.
        if (this.#host.listFailed()) this.#gate.open();
        else this.#gate.clear();
      },
    });
  }

  #setState(state: ConnectionState): void {
    this.#state = state;
    this.state.invalidate();
  }
}
