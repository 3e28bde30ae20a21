import { guardCodes } from './guard/close-codes.ts';

/** Close codes of ours; clients decide by them whether, and when, coming back makes sense. */
export const closeCodes = {
  ...guardCodes,
  /** The session ended: sign in again. */
  sessionEnded: 4401,
  /** The page was opened for another account than the cookie's. */
  otherAccount: 4409,
  /** No valid first message in time. */
  unauthenticated: 4408,
  /** This process is going away: connect again, elsewhere. RFC 6455's registry: service restart. */
  restarting: 1012,
} as const;
