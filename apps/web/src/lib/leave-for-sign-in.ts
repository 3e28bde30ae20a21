/** Why a session is over: somebody ended it, or it ended by itself. */
export type SessionEnd = 'revoked' | 'expired';

/** A full load: nothing of the account stays in memory. */
export function leaveForSignIn(end?: SessionEnd): void {
  location.assign(end === undefined ? '/sign-in' : `/sign-in?ended=${end}`);
}
