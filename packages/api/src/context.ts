import type { Actor, Carried, Core, Origin, Pace } from '@confab/core';

/**
 * How a request arrived. A socket keeps count of its open subscriptions. `closed` is aborted when whoever asked has
 * left: nobody waits for answers any more.
 */
export type Connection =
  | { readonly transport: 'http'; readonly closed: AbortSignal; setCookie(cookie: string): void }
  | {
      readonly transport: 'socket';
      readonly closed: AbortSignal;
      readonly subscriptions: Set<AbortSignal>;
      /** At which its reader takes events; absent: everything at once. */
      readonly pace?: Pace;
    }
  | { readonly transport: 'server' };

/** Made once per HTTP request and once per socket. */
export interface Context {
  readonly core: Core;
  readonly connection: Connection;
  readonly origin: Origin;
  /** What the request's cookies hold, whoever acts. */
  readonly carried: Carried;
  /** Null for somebody who is not signed in. */
  readonly actor: Actor | null;
  /** Whose session the token stood for, when somebody ended it; null for any other token, or none. */
  readonly revokedOwnerId: string | null;
  /** When the actor's session ends; a socket outlives the moment at which its context was made. */
  readonly sessionExpiresAt: Date | null;
  /**
   * Makes the browser keep a session's token and by what it is known, or forget the session (null).
   * @throws ConfabError BAD_INPUT where the answer cannot carry a cookie
   */
  keepSession(signedIn: { readonly token: string; readonly devices: readonly string[] } | null): void;
}
