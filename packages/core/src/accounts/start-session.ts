import { keepDevice, type KnownDevice } from '@confab/auth';
import { limits } from '@confab/contract';
import type { Core } from '../core.ts';
import { tellEnded } from './end-sessions.ts';

/** Where a request came from. */
export interface Origin {
  /** The client's network address, as far as it can be trusted. */
  readonly address: string;
  readonly userAgent: string;
}

/** What the browser that signs in brought in its cookies. */
export interface Carried {
  /** Tokens of sessions; the new one takes their place. */
  readonly sessions: readonly string[];
  /** See packages/auth's devices. */
  readonly devices: readonly string[];
}

/** Somebody who signs in: by a browser, which keeps cookies, or by a program, which does not. */
export interface Entrant extends Origin {
  readonly carried?: Carried;
}

export interface SignedIn {
  /** The session's secret: it leaves the server once, in the cookie, and is stored only as its hash. */
  readonly token: string;
  /** By which the browser is known from now on; empty for a program. */
  readonly devices: readonly string[];
}

/**
 * Begins a session. It takes the place of those that the browser has, which end with their sockets, and of those of this
 * person that are too many; the account knows the browser from then on.
 */
export async function startSession(
  core: Core,
  userId: string,
  entrant: Entrant & { readonly known?: KnownDevice | null },
): Promise<SignedIn & { sessionId: string }> {
  const { address, userAgent, carried } = entrant;
  for (const token of carried?.sessions ?? []) await endReplaced(core, token);
  const devices = carried ? await noteDevice(core, userId, { carried, known: entrant.known ?? null }) : [];
  const { token, session, ended } = await core.sessions.create({ userId, userAgent, ip: address });
  await tellEnded(core, userId, ended);
  return { token, devices, sessionId: session.id };
}

async function noteDevice(
  core: Core,
  userId: string,
  { carried, known }: { carried: Carried; known: KnownDevice | null },
): Promise<readonly string[]> {
  const { tokens, hash } = keepDevice(userId, carried.devices, known);
  await core.db.users.keepDevice(userId, { hash, since: core.now() }, limits.devicesPerUserMax);
  return tokens;
}

async function endReplaced(core: Core, token: string): Promise<void> {
  const replaced = await core.sessions.validate(token);
  if (!replaced) return;
  const { session, user } = replaced;
  await core.sessions.revoke(session.id);
  await tellEnded(core, user.id, [session.id]);
}
