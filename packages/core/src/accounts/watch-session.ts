import type { Unsubscribe } from '@confab/pubsub';
import type { Actor, Core } from '../core.ts';

/** Calls back when this session ends, wherever it was ended; see SessionWatch. Resolves to how to stop watching. */
export function watchSession(core: Core, actor: Actor, onEnded: () => void): Promise<Unsubscribe> {
  return core.live.sessions.watch(actor, onEnded);
}
