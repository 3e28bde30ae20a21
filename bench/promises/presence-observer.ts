import type { HintEvent } from '@confab/contract';
import type { Client } from '../send/crowd.ts';

interface Change {
  readonly userId: string;
  readonly online: boolean;
  /** Monotonic milliseconds. */
  readonly at: number;
}

/** What one device is told about who is online. */
export class PresenceObserver {
  readonly #client: Client;
  readonly #unsubscribe: () => void;
  readonly #online = new Set<string>();
  readonly #changes: Change[] = [];

  constructor(client: Client) {
    this.#client = client;
    const subscription = client.trpc.live.hints.subscribe(undefined, {
      onData: (hint) => {
        this.#hear(hint);
      },
    });
    this.#unsubscribe = () => {
      subscription.unsubscribe();
    };
  }

  isOnline(userId: string): boolean {
    return this.#online.has(userId);
  }

  /** When it was first told so after that moment; null: never. */
  offlineAt(userId: string, after: number): number | null {
    const change = this.#changes.find((each) => each.userId === userId && !each.online && each.at >= after);
    return change?.at ?? null;
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    await this.#client.close();
  }

  #hear(hint: HintEvent): void {
    if (hint.type === 'presence.changed') {
      this.#change(hint.userId, hint.online);
    } else if (hint.known) {
      const now = new Set(hint.userIds);
      for (const userId of this.#online) if (!now.has(userId)) this.#change(userId, false);
      for (const userId of now) this.#change(userId, true);
    }
  }

  #change(userId: string, online: boolean): void {
    if (online) this.#online.add(userId);
    else this.#online.delete(userId);
    this.#changes.push({ userId, online, at: performance.now() });
  }
}
