/** What the canary's process is told at its start. */
export interface CanaryCast {
  readonly origin: string;
  /** Of the socket. */
  readonly url: string;
  readonly conversationId: string;
  /** Take turns to write. */
  readonly senders: readonly CanaryPerson[];
  readonly reader: CanaryPerson;
  readonly perSecond: number;
}

export interface CanaryPerson {
  readonly id: string;
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type CanaryOrder =
  /** Begins a new window; answered with that of before. */
  | { readonly order: 'window' }
  /** Waits until everything sent so far is acknowledged and shown. */
  | { readonly order: 'settle'; readonly maxMs: number };

/** What happened to the messages that were sent in a window; times in milliseconds. */
export interface CanaryWindow {
  readonly sent: number;
  readonly acknowledgedMs: readonly number[];
  readonly deliveredMs: readonly number[];
}

/** Of all messages since the start. */
export interface CanaryAccount {
  readonly sent: number;
  readonly unacknowledged: number;
  readonly undelivered: number;
  /** Rows of the reader that show a message a second time. */
  readonly twice: number;
}
