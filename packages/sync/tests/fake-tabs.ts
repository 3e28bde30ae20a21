import { MemoryStorage } from '../src/storage/memory-storage.ts';
import type { CacheChanges, KeptDraft, OutboxStep, SyncStorage } from '../src/storage/sync-storage.ts';
import type { LocksLike } from '../src/tabs/outbox-lock.ts';
import type { BroadcastLike } from '../src/tabs/tab-channel.ts';
import type { FakeClock } from './fake-clock.ts';

class QuotaExceededError extends Error {
  override readonly name = 'QuotaExceededError';
}

interface Request {
  readonly name: string;
  readonly tab: symbol;
  readonly callback: () => Promise<void>;
  readonly reject: (error: Error) => void;
  readonly resolve: () => void;
}

function abortError(): Error {
  const error = new Error('aborted');
  error.name = 'AbortError';
  return error;
}

/** One browser: a disk, locks and channels that its tabs share. */
export class FakeBrowser {
  readonly disk = new MemoryStorage();
  /** Writes that add something fail. */
  full = false;
  /** Client ids that the disk holds, and that it ever held. */
  readonly kept = new Set<string>();
  readonly everKept = new Set<string>();
  #readyAt = 0;
  readonly #clock: FakeClock;
  readonly #delayMs: () => number;
  readonly #listeners = new Map<symbol, (data: unknown) => void>();
  readonly #dead = new Set<symbol>();
  #held: Request | null = null;
  #queue: Request[] = [];

  constructor(clock: FakeClock, delayMs: () => number) {
    this.#clock = clock;
    this.#delayMs = delayMs;
  }

  /** The tab is gone, at once and without a word. */
  kill(tab: symbol): void {
    this.#dead.add(tab);
    this.#listeners.delete(tab);
    this.#queue = this.#queue.filter((request) => request.tab !== tab);
    if (this.#held?.tab === tab) {
      this.#held = null;
      this.#grant();
    }
  }

  storage(tab: symbol): SyncStorage {
    const { disk } = this;
    return {
      loadOutbox: () => this.#use(tab, () => disk.loadOutbox()),
      writeOutbox: (steps: readonly OutboxStep[]) =>
        this.#use(tab, () => {
          if (this.full && steps.some(({ type }) => type === 'put')) throw new QuotaExceededError();
          this.#note(steps);
          return disk.writeOutbox(steps);
        }),
      loadDrafts: () => this.#use(tab, () => disk.loadDrafts()),
      writeDrafts: (drafts: readonly KeptDraft[]) =>
        this.#use(tab, () => {
          if (this.full) throw new QuotaExceededError();
          return disk.writeDrafts(drafts);
        }),
      loadList: () => this.#use(tab, () => disk.loadList()),
      loadRange: (conversationId: string) => this.#use(tab, () => disk.loadRange(conversationId)),
      writeCache: (changes: CacheChanges) =>
        this.#use(tab, () => {
          if (this.full) throw new QuotaExceededError();
          return disk.writeCache(changes);
        }),
      clearCache: () => this.#use(tab, () => disk.clearCache()),
      close: () => undefined,
      erase: () =>
        this.#use(tab, () => {
          this.kept.clear();
          return disk.erase();
        }),
    };
  }

  openChannel(tab: symbol): BroadcastLike {
    return {
      post: (data) => {
        for (const [other, listener] of this.#listeners) {
          if (other === tab) continue;
          this.#clock.setTimer(() => {
            if (this.#listeners.get(other) === listener) listener(data);
          }, 0);
        }
      },
      listen: (listener) => {
        this.#listeners.set(tab, listener);
      },
      close: () => {
        this.#listeners.delete(tab);
      },
    };
  }

  locks(tab: symbol): LocksLike {
    return {
      request: (name, { steal = false, signal }, callback) =>
        new Promise<void>((resolve, reject) => {
          const request: Request = { name, tab, callback, resolve, reject };
          if (steal) {
            this.#held?.reject(abortError());
            this.#held = null;
            this.#queue.unshift(request);
          } else {
            this.#queue.push(request);
          }
          signal?.addEventListener('abort', () => {
            if (!this.#queue.includes(request)) return;
            this.#queue = this.#queue.filter((other) => other !== request);
            reject(abortError());
          });
          this.#grant();
        }),
    };
  }

  #grant(): void {
    if (this.#held !== null) return;
    const request = this.#queue.shift();
    if (request === undefined) return;
    this.#held = request;
    void Promise.resolve()
      .then(() => request.callback())
      .then(() => {
        request.resolve();
        if (this.#held !== request) return;
        this.#held = null;
        this.#grant();
      });
  }

  #note(steps: readonly OutboxStep[]): void {
    for (const step of steps) {
      if (step.type === 'drop') this.kept.delete(step.clientId);
      else for (const set of [this.kept, this.everKept]) set.add(step.outgoing.clientId);
    }
  }

  /** Takes its time, in order; acts only if the tab still lives then; answers only if it lives on. */
  #use<T>(tab: symbol, act: () => Promise<T>): Promise<T> {
    this.#readyAt = Math.max(this.#readyAt, this.#clock.now() + this.#delayMs());
    return new Promise((resolve, reject) => {
      this.#clock.setTimer(() => {
        if (this.#dead.has(tab)) return;
        try {
          void act().then(resolve, reject);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      }, this.#readyAt - this.#clock.now());
    });
  }
}
