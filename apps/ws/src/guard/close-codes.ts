/** As a guarded socket is closed. */
export const guardCodes = {
  /** RFC 6455, 7.4.1: policy violation. No client of tRPC's sends this. */
  badFrame: 1008,
  /** The first message brought no session that is one. tRPC closes without a code. */
  badFirstMessage: 4400,
  /** More than the sender may send: the reason says when to come back. */
  tooMuch: 4429,
} as const;

/** The reason that goes with `tooMuch`, as JSON: `{"retryAfterMs":…}`. */
export function retryReason(retryAfterMs: number): string {
  return JSON.stringify({ retryAfterMs });
}
