import type { Unsubscribe } from '@confab/pubsub';
import type { Actor, Core } from '../core.ts';

/** Calls `onRevoked` when this session ends, wherever it was ended. Resolves once Redis confirmed the channel. */
export function watchSession(core: Core, actor: Actor, onRevoked: () => void): Promise<Unsubscribe> {
  return core.pubsub.subscribeUser(actor.userId, (event) => {
    if (event.type === 'session.revoked' && event.sessionId === actor.sessionId) onRevoked();
  });
}
