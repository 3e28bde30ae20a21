/** How fast a reader takes what it is sent. Whoever produces for it asks before each piece, and keeps what is not asked for. */
export interface Pace {
  /** More waits on its way to the reader than should. */
  readonly full: boolean;
  /** Resolves when there is room again, when the signal aborts, and when the reader is gone. */
  drained(signal: AbortSignal): Promise<void>;
}

/** One subscription, as its reader reads it. */
export interface Reading {
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Absent: the reader takes everything at once. */
  readonly pace?: Pace | undefined;
}
