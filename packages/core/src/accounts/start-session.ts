import type { Core } from '../core.ts';

/** Where a request came from. */
export interface Origin {
  /** The client's network address, as far as it can be trusted. */
  readonly address: string;
  readonly userAgent: string;
}

export interface SignedIn {
  /** The session's secret: it leaves the server once, in the cookie, and is stored only as its hash. */
  readonly token: string;
}

export async function startSession(
  core: Core,
  userId: string,
  origin: Origin,
): Promise<SignedIn & { sessionId: string }> {
  const { userAgent, address } = origin;
  const { token, session } = await core.sessions.create({ userId, userAgent, ip: address });
  return { token, sessionId: session.id };
}
