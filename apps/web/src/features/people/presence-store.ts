import type { HintEvent } from '@confab/contract';
import type { Store } from '@confab/sync';
import type { Presence } from '@confab/ui';
import type { Client } from '../../lib/client.ts';
import { keepSubscribed } from '@confab/client/transport';
import { KeyedStore } from '../../lib/keyed-store.ts';
import { Value } from '../../lib/value.ts';

/** Who is online, as the hints tell. Without hints it is unknown, for everybody. */
export class PresenceStore {
  readonly #online = new Value<ReadonlySet<string> | null>(null);
  readonly #heard = new Value(false);
  readonly #lastSeenAt = new KeyedStore<string | null>();

  /** The ids of all who are online; null while unknown. */
  get everybody(): Store<ReadonlySet<string> | null> {
    return this.#online;
  }

  /** Whether anything was heard since the page was opened: before, nobody's status is worth a word. */
  get heard(): Store<boolean> {
    return this.#heard;
  }

  /** Of one user. Whoever watches it hears of every change, and compares a word. */
  of(userId: string): Store<Presence> {
    return {
      get: () => {
        const online = this.#online.get();
        if (online === null) return 'unknown';
        return online.has(userId) ? 'online' : 'offline';
      },
      subscribe: (listener) => this.#online.subscribe(listener),
    };
  }

  /** When somebody went offline, ISO 8601, if that was since the page was opened. */
  lastSeenAt(userId: string): Store<string | null | undefined> {
    return this.#lastSeenAt.at(userId);
  }

  /** Listens; returns how to stop. */
  start(client: Client): () => void {
    return keepSubscribed<HintEvent>({
      open: (observer) => client.live.hints.subscribe(undefined, observer),
      onEvent: (event) => {
        this.#apply(event);
      },
      onCut: () => {
        this.#online.set(null);
      },
    });
  }

  #apply(event: HintEvent): void {
    this.#heard.set(true);
    switch (event.type) {
      case 'presence.snapshot':
        this.#online.set(event.known ? new Set(event.userIds) : null);
        return;
      case 'presence.changed': {
        const online = new Set(this.#online.get());
        if (event.online) online.add(event.userId);
        else online.delete(event.userId);
        if (!event.online) this.#lastSeenAt.set(event.userId, event.lastSeenAt);
        if (this.#online.get() !== null) this.#online.set(online);
      }
    }
  }
}
