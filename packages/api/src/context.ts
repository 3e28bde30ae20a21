import type { Actor, Core, Origin } from '@confab/core';

/** How a request arrived. A socket keeps count of its open subscriptions. */
export type Connection =
  | { readonly transport: 'http'; setCookie(cookie: string): void }
  | { readonly transport: 'socket'; readonly subscriptions: Set<AbortSignal> }
  | { readonly transport: 'server' };

/** Made once per HTTP request and once per socket. */
export interface Context {
  readonly core: Core;
  readonly connection: Connection;
  readonly origin: Origin;
  /** Null for somebody who is not signed in. */
  readonly actor: Actor | null;
  /** When the actor's session ends; a socket outlives the moment at which its context was made. */
  readonly sessionExpiresAt: Date | null;
  /**
   * Makes the browser keep a session's token, or forget it (null).
   * @throws ConfabError BAD_INPUT where the answer cannot carry a cookie
   */
  keepSession(token: string | null): void;
}
