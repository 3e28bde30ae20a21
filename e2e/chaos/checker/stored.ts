import type { LoggedEntry, RunLog, Sent } from './log.ts';

export interface StoredConversation {
  readonly conversationId: string;
  readonly entries: readonly LoggedEntry[];
  readonly byRev: ReadonlyMap<number, LoggedEntry>;
  /** By sender and client id. */
  readonly byClientId: ReadonlyMap<string, LoggedEntry>;
}

/** The run's log, indexed for the rules. */
export interface Indexed {
  readonly run: RunLog;
  readonly stored: ReadonlyMap<string, StoredConversation>;
  /** By conversation, sender and client id. */
  readonly sent: ReadonlyMap<string, Sent>;
  /** Every text that somebody gave a message later: message id and text. */
  readonly edits: ReadonlySet<string>;
}

/** Client ids are the sender's to choose: two senders may choose the same. */
export function clientKey(senderId: string | undefined, clientId: string | undefined): string {
  return `${senderId ?? ''} ${clientId ?? ''}`;
}

export function indexRun(run: RunLog): Indexed {
  const stored = run.snapshots.map(({ conversationId, entries }) => ({
    conversationId,
    entries,
    byRev: new Map(entries.map((entry) => [entry.rev, entry])),
    byClientId: new Map(entries.map((entry) => [clientKey(entry.senderId, entry.clientId), entry])),
  }));
  const sent = run.devices.flatMap(({ userId, sent: ofDevice }) =>
    ofDevice.map((item) => [`${item.conversationId} ${clientKey(userId, item.clientId)}`, item] as const),
  );
  return {
    run,
    stored: new Map(stored.map((conversation) => [conversation.conversationId, conversation])),
    sent: new Map(sent),
    edits: new Set(
      run.devices.flatMap(({ edited }) => edited.map(({ messageId, text }) => `${messageId} ${text}`)),
    ),
  };
}
