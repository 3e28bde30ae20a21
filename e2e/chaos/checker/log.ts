/** What a run wrote down, as plain data: all that the checker sees. */
export interface RunLog {
  readonly devices: readonly DeviceLog[];
  /** Every conversation, read from its beginning by a device that was not part of the run. */
  readonly snapshots: readonly Snapshot[];
}

/**
 * An entry of a conversation's log, with what its kind has; what a reader may not see has a rev alone. A message is as
 * the changes after it left it.
 */
export interface LoggedEntry {
  readonly rev: number;
  readonly kind: string;
  readonly id?: string;
  readonly senderId?: string;
  readonly clientId?: string;
  readonly text?: string;
  /** Of the edit that gave a message its text; absent: as sent. */
  readonly textRev?: number;
  readonly deletedRev?: number;
  /** By user and emoji. */
  readonly reactions?: Readonly<Record<string, { readonly rev: number; readonly on: boolean }>>;
  /** Of a change: the id of the message that it is about. */
  readonly messageId?: string;
  readonly emoji?: string;
  readonly on?: boolean;
}

export interface Snapshot {
  readonly conversationId: string;
  readonly entries: readonly LoggedEntry[];
}

/** What somebody asked for: the entry that is to be stored, as far as the sender says. */
export type Body = Pick<LoggedEntry, 'kind' | 'text' | 'messageId' | 'emoji' | 'on'>;

export interface Sent {
  readonly conversationId: string;
  readonly clientId: string;
  readonly body: Body;
  /** Of this device's sends, and apart from them of its changes, into any conversation: 0, 1, 2, … */
  readonly order: number;
}

export interface Acknowledged {
  readonly conversationId: string;
  readonly clientId: string;
  readonly rev: number;
  readonly entryId: string;
}

/** A change of what a device's timeline shows, all at once. `cleared`: it starts over, as after a reload. */
export type Applied =
  | { readonly conversationId: string; readonly change: 'appeared'; readonly entries: readonly LoggedEntry[] }
  | { readonly conversationId: string; readonly change: 'changed'; readonly entry: LoggedEntry }
  | { readonly conversationId: string; readonly change: 'vanished'; readonly rev: number }
  | { readonly conversationId: string; readonly change: 'cleared' };

export interface DeviceLog {
  readonly device: number;
  readonly userId: string;
  readonly sent: readonly Sent[];
  /** Texts that the user gave messages later: shown at once, before they are sent. */
  readonly edited: readonly { readonly messageId: string; readonly text: string }[];
  readonly acknowledged: readonly Acknowledged[];
  /** In the order in which it happened. */
  readonly applied: readonly Applied[];
  /** What the timelines show in the end, in their order. */
  readonly timelines: readonly Snapshot[];
  /** Client ids that the outbox holds in the end. */
  readonly outgoing: readonly string[];
  /** Client ids of what the server refused for good. */
  readonly refused: readonly string[];
  /** Ids of messages that show, in the end, a change which is still on its way. */
  readonly changing: readonly string[];
}
