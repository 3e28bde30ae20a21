import type { Clock } from '../clock.ts';
import type { Outgoing } from '../outgoing.ts';
import { trimOldest } from '../range.ts';
import { View } from '../view.ts';
import type { Refusal, StorageState } from '../views.ts';
import { MemoryStorage } from './memory-storage.ts';
import { OutboxWriter } from './outbox-writer.ts';
import {
  isFull,
  keptEntriesMax,
  type KeptConversation,
  type KeptDraft,
  type KeptList,
  type KeptOutbox,
  type KeptRange,
  type SyncStorage,
} from './sync-storage.ts';

/** A burst of events is written once. What is lost with the page is pulled again. */
const writeBehindMs = 500;

/** A browser whose storage does not answer at all may not hold up reading and sending. */
const answerTimeoutMs = 5_000;

export interface DeviceHost {
  readonly clock: Clock;
  /** Absent: nothing outlives this page. */
  readonly storage: SyncStorage | undefined;
  epoch(): string | null;
  conversationOf(conversationId: string): KeptConversation | null;
  rangeOf(conversationId: string): Omit<KeptRange, 'epoch'> | null;
}

/** What this device keeps of its user: the outbox for sure, timelines and the list as far as there is room. */
export class Device {
  readonly state: View<StorageState>;
  readonly #host: DeviceHost;
  readonly #outbox: OutboxWriter;
  #storage: SyncStorage;
  #state: StorageState;
  #stopped = false;
  /** Conversations of which something changed that is not written yet. */
  #touched = new Set<string>();
  #cancelTimer: (() => void) | null = null;
  /** Resolves once the drafts given so far are written, or cannot be. */
  #draftsWritten: Promise<unknown> = Promise.resolve();

  constructor(host: DeviceHost) {
    this.#host = host;
    this.#storage = host.storage ?? new MemoryStorage();
    this.#state = host.storage === undefined ? 'memory' : 'kept';
    this.state = new View(() => this.#state);
    this.#outbox = new OutboxWriter({
      write: (steps) => this.#inTime(this.#storage.writeOutbox(steps)),
      makeRoom: () => this.#inTime(this.#storage.clearCache()),
      setState: (state) => {
        this.#setState(state);
      },
      broken: () => {
        this.#break();
      },
    });
  }

  loadOutbox(): Promise<KeptOutbox> {
    return this.#load((storage) => storage.loadOutbox(), { outgoing: [], unreadable: 0 });
  }

  loadDrafts(): Promise<readonly KeptDraft[]> {
    return this.#load((storage) => storage.loadDrafts(), []);
  }

  /** At once: they exist nowhere else, and the page may be gone in a moment. */
  writeDrafts(drafts: readonly KeptDraft[]): void {
    if (this.#stopped) return;
    const written = this.#tryDrafts(drafts).catch(() => {
      this.#break();
    });
    this.#draftsWritten = Promise.all([this.#draftsWritten, written]);
  }

  loadList(): Promise<KeptList | null> {
    return this.#load((storage) => storage.loadList(), null);
  }

  loadRange(conversationId: string): Promise<KeptRange | null> {
    return this.#load((storage) => storage.loadRange(conversationId), null);
  }

  /** Resolves once it is kept (in memory, where that is all there is), or with why it is not. */
  async keep(conversationId: string, outgoing: Outgoing): Promise<Refusal | null> {
    if (this.#stopped) return null;
    return this.#outbox.write({ type: 'put', conversationId, outgoing });
  }

  drop(clientId: string): void {
    if (!this.#stopped) void this.#outbox.write({ type: 'drop', clientId });
  }

  /** The row or the range of a conversation changed. */
  touch(conversationId: string): void {
    if (this.#stopped) return;
    this.#touched.add(conversationId);
    this.#cancelTimer ??= this.#host.clock.setTimer(() => void this.#write(), writeBehindMs);
  }

  /** Another epoch: what was cached means nothing any more. The outbox and the drafts stay. */
  clearCache(): void {
    this.#touched = new Set();
    void this.#settle(this.#storage.clearCache());
  }

  stop(): void {
    if (this.#stopped) return;
    const written = this.#write();
    this.#end();
    const storage = this.#storage;
    void Promise.all([written, this.#outbox.idle, this.#draftsWritten]).then(() => {
      storage.close();
    });
  }

  /** Ends, too, but leaves the outbox and the drafts alone on the device. */
  async keepUnsent(): Promise<void> {
    if (this.#stopped) return;
    this.#end();
    await Promise.all([this.#outbox.idle, this.#draftsWritten]);
    // What is left of a cache that cannot be emptied is its owner's, and shown to nobody else.
    await this.#inTime(this.#storage.clearCache()).catch(() => undefined);
    this.#storage.close();
  }

  /** The database is gone, or going: nothing is written any more. */
  abandon(): void {
    this.#end();
    this.#storage.close();
  }

  async erase(): Promise<void> {
    this.#end();
    await this.#storage.erase();
  }

  #end(): void {
    this.#stopped = true;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#touched = new Set();
  }

  async #load<T>(load: (storage: SyncStorage) => Promise<T>, nothing: T): Promise<T> {
    try {
      return await this.#inTime(load(this.#storage));
    } catch {
      this.#break();
      return nothing;
    }
  }

  /** What can be loaded again gives way to them; without room even then, that is said. */
  async #tryDrafts(drafts: readonly KeptDraft[]): Promise<void> {
    const write = () => this.#inTime(this.#storage.writeDrafts(drafts));
    try {
      await write();
    } catch (error) {
      if (!isFull(error)) throw error;
      await this.#inTime(this.#storage.clearCache());
      await write().catch((still: unknown) => {
        if (!isFull(still)) throw still;
        this.#setState('full');
      });
    }
  }

  #write(): Promise<void> {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    const epoch = this.#host.epoch();
    const ids = [...this.#touched];
    this.#touched = new Set();
    if (epoch === null || ids.length === 0) return Promise.resolve();
    const conversations = ids.flatMap((id) => this.#host.conversationOf(id) ?? []);
    const held = ids.flatMap((id) => this.#host.rangeOf(id) ?? []);
    const ranges = held.map((kept) => ({ ...kept, epoch, range: trimOldest(kept.range, keptEntriesMax) }));
    const found = new Set(conversations.map(({ conversation }) => conversation.id));
    const removed = ids.filter((id) => !found.has(id));
    const writing = this.#storage.writeCache({ epoch, conversations, ranges, removed });
    return this.#settle(
      writing.then(() => {
        this.#setState('kept');
      }),
    );
  }

  /** The cache only saves time: without room for it, it is emptied, and that is said. */
  async #settle(writing: Promise<void>): Promise<void> {
    try {
      await writing;
    } catch (error) {
      if (this.#stopped) return;
      if (!isFull(error)) {
        this.#break();
        return;
      }
      this.#setState('full');
      await this.#storage.clearCache().catch(() => {
        this.#break();
      });
    }
  }

  #inTime<T>(call: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const cancel = this.#host.clock.setTimer(() => {
        reject(new Error('The storage does not answer.'));
      }, answerTimeoutMs);
      void call.then(resolve, reject).finally(cancel);
    });
  }

  /** The browser refuses or lost its storage: this page goes on in memory, and says so. */
  #break(): void {
    if (this.#stopped || this.#state === 'memory') return;
    this.#storage.close();
    this.#storage = new MemoryStorage();
    this.#setState('memory');
  }

  #setState(state: StorageState): void {
    // From memory there is no way back: what was written before is out of reach.
    if (this.#state === 'memory' || state === this.#state) return;
    this.#state = state;
    this.state.invalidate();
  }
}
