/**
 * Every error that a client can meet. `http` and `trpc` are what travels; `retryable` says whether the same request
 * may succeed later; `sentence` is what a person reads when nothing more precise is known.
 */
export const errorTable = {
  BAD_INPUT: {
    trpc: 'BAD_REQUEST',
    http: 400,
    retryable: false,
    sentence: 'Something in this request is not right.',
  },
  UNAUTHENTICATED: { trpc: 'UNAUTHORIZED', http: 401, retryable: false, sentence: 'Please sign in.' },
  SIGN_IN_FAILED: {
    trpc: 'UNAUTHORIZED',
    http: 401,
    retryable: false,
    sentence: 'That name or password is not right.',
  },
  FORBIDDEN: { trpc: 'FORBIDDEN', http: 403, retryable: false, sentence: 'You may not do this here.' },
  BANNED: { trpc: 'FORBIDDEN', http: 403, retryable: false, sentence: 'You were banned from this room.' },
  /** A moderator's mute; `retryAfterMs` says how long it lasts. */
  SILENCED: { trpc: 'FORBIDDEN', http: 403, retryable: false, sentence: 'A moderator muted you here.' },
  BLOCKED: { trpc: 'FORBIDDEN', http: 403, retryable: false, sentence: 'You cannot write to this person.' },
  /** They lean on their setting: only those to whom they have written. */
  NOT_ADDABLE: {
    trpc: 'FORBIDDEN',
    http: 403,
    retryable: false,
    sentence: 'This person can be added only by people to whom they have written.',
  },
  CROSS_SITE: {
    trpc: 'FORBIDDEN',
    http: 403,
    retryable: false,
    sentence: 'This request came from another site.',
  },
  NOT_FOUND: {
    trpc: 'NOT_FOUND',
    http: 404,
    retryable: false,
    sentence: 'This does not exist, or you have no access to it.',
  },
  /** Somebody else was to be chosen. */
  YOURSELF: {
    trpc: 'CONFLICT',
    http: 409,
    retryable: false,
    sentence: 'This is you. Choose somebody else.',
  },
  /** A setting that rooms have and groups do not, or the other way round. */
  WRONG_KIND: {
    trpc: 'CONFLICT',
    http: 409,
    retryable: false,
    sentence: 'This conversation has no such setting.',
  },
  /** The page was opened for somebody else than the cookie belongs to; see account-binding.ts. */
  OTHER_ACCOUNT: {
    trpc: 'CONFLICT',
    http: 409,
    retryable: false,
    sentence: 'This browser is signed in with another account now.',
  },
  NAME_TAKEN: {
    trpc: 'CONFLICT',
    http: 409,
    retryable: false,
    sentence: 'This name is taken, or looks like one that is.',
  },
  EMAIL_TAKEN: {
    trpc: 'CONFLICT',
    http: 409,
    retryable: false,
    sentence: 'There is an account with this email already.',
  },
  COMMON_PASSWORD: {
    trpc: 'BAD_REQUEST',
    http: 400,
    retryable: false,
    sentence: 'This password is among the first that somebody would try. Choose another one.',
  },
  CLIENT_ID_REUSED: {
    trpc: 'CONFLICT',
    http: 409,
    retryable: false,
    sentence: 'This was sent before with another content.',
  },
  EPOCH_CHANGED: {
    trpc: 'CONFLICT',
    http: 409,
    retryable: false,
    sentence: 'The server was restored from a backup meanwhile.',
  },
  MESSAGE_DELETED: { trpc: 'CONFLICT', http: 409, retryable: false, sentence: 'This message was deleted.' },
  TOO_LATE: {
    trpc: 'FORBIDDEN',
    http: 403,
    retryable: false,
    sentence: 'It is too late to delete this message for everyone.',
  },
  REACTIONS_FULL: {
    trpc: 'CONFLICT',
    http: 409,
    retryable: false,
    sentence: 'This message has as many reactions as it can hold.',
  },
  WRONG_PASSWORD: { trpc: 'FORBIDDEN', http: 403, retryable: false, sentence: 'That is not your password.' },
  GROUP_FULL: { trpc: 'CONFLICT', http: 409, retryable: false, sentence: 'This group is full.' },
  TOO_LARGE: { trpc: 'PAYLOAD_TOO_LARGE', http: 413, retryable: false, sentence: 'This is too large.' },
  RATE_LIMITED: {
    trpc: 'TOO_MANY_REQUESTS',
    http: 429,
    retryable: true,
    sentence: 'Too many attempts. Please wait a little.',
  },
  SLOW_MODE: {
    trpc: 'TOO_MANY_REQUESTS',
    http: 429,
    retryable: true,
    sentence: 'Slow mode is on in this room. Please wait before you write again.',
  },
  INTERNAL: {
    trpc: 'INTERNAL_SERVER_ERROR',
    http: 500,
    retryable: true,
    sentence: 'Something went wrong on our side.',
  },
  UNAVAILABLE: {
    trpc: 'SERVICE_UNAVAILABLE',
    http: 503,
    retryable: true,
    sentence: 'The server is busy or restarting. Please try again.',
  },
} as const;

export type ErrorCode = keyof typeof errorTable;

/** What a failed call carries beside its message. Sent as `data.confab` of a tRPC error. */
export interface ErrorDetails {
  readonly code: ErrorCode;
  /** The input field to blame, as a dotted path. */
  readonly field?: string;
  /** After how many milliseconds a retry makes sense. */
  readonly retryAfterMs?: number;
  /**
   * Only with UNAUTHENTICATED: somebody ended this session, so what the device keeps of its owner is to be erased. Absent
   * for a session that expired, and for none: then what is not sent yet waits for its owner to sign in again.
   */
  readonly sessionRevoked?: true;
  /** Under which the server's log tells more; only with INTERNAL. */
  readonly correlationId?: string;
}

interface ErrorOptionsOf extends Omit<ErrorDetails, 'code'> {
  readonly message?: string;
  readonly cause?: unknown;
}

/** An expected refusal: the person gets `message`, the client gets `details`. Anything else thrown is a bug. */
export class ConfabError extends Error {
  override readonly name = 'ConfabError';
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, { message, cause, ...rest }: ErrorOptionsOf = {}) {
    super(message ?? errorTable[code].sentence, cause === undefined ? undefined : { cause });
    this.details = { code, ...rest };
  }

  get code(): ErrorCode {
    return this.details.code;
  }
}

/** True when a value is one of the error codes. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorTable, value);
}
