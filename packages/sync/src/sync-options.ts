import type { Clock } from './clock.ts';
import type { KeptDraft, SyncStorage } from './storage/sync-storage.ts';
import type { LocksLike } from './tabs/outbox-lock.ts';
import type { BroadcastLike } from './tabs/tab-channel.ts';
import type { SyncTransport } from './transport.ts';
import type { RefusedChange } from './views.ts';

export interface SyncOptions extends Partial<Clock> {
  readonly transport: SyncTransport;
  /** Whose device this is. */
  readonly userId: string;
  /** Where this user's things are kept; absent: nowhere, they end with this object. */
  readonly storage?: SyncStorage;
  /** How the tabs of this user agree which of them sends; absent: each sends its own. */
  readonly locks?: LocksLike;
  /** Opens the way to the other tabs of this user; absent: there are none. */
  readonly openChannel?: () => BroadcastLike;
  /** A change of ours was refused and has been taken back: somebody may want to be told. */
  readonly onRefused?: (refused: RefusedChange) => void;
  /**
   * The reader blocked or unblocked somebody, here or on another device: what was asked of the server about it is void.
   * A hint: what happened while the connection was cut is not told.
   */
  readonly onBlockChanged?: (change: { readonly userId: string; readonly blocked: boolean }) => void;
  /** A draft that an earlier page kept, told once after `start`; or that another tab keeps: then an empty one was sent or dropped. */
  readonly onDraft?: (draft: KeptDraft) => void;
  /**
   * The server’s data was set back to an older state, by hand: what came after it is gone there, and here too. What is unsent
   * stays.
   */
  readonly onRewound?: () => void;
  /** The user signed out in another tab: this one has stopped. */
  readonly onErased?: () => void;
  /** So many unsent messages were kept by another version of this program: they stay where they are, unsent. */
  readonly onUnreadable?: (count: number) => void;
}
