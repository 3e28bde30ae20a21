import type { ConversationEvent, LiveEvent } from '@confab/contract';
import type { Actor, Core } from '../core.ts';
import { ConversationFeeds } from './conversation-feeds.ts';
import { EventQueue } from './event-queue.ts';

/** More than any burst that a working client falls behind by. */
const queuedEventsMax = 2_000;

/**
 * One connection's durable events: everything that happens in the conversations of the actor, from `live.ready` on.
 * The channels are confirmed before `live.ready`, so whoever compares heads after it misses nothing.
 */
export async function* liveEvents(core: Core, actor: Actor, signal: AbortSignal): AsyncGenerator<LiveEvent> {
  const queue = new EventQueue<LiveEvent>({ max: queuedEventsMax, overflow: { type: 'live.resync' } });
  const feeds = new ConversationFeeds(core, actor.userId, (event, from) => {
    core.timeline.observe(event.conversationId, event.entries);
    const visible = aboveStart(event, from);
    if (!visible) return;
    queue.push(visible);
    core.deliveries.note(visible);
  });
  // The user's own channel first: joining a conversation while the list is read must not fall between the two.
  const stopUser = await core.pubsub.subscribeUser(actor.userId, (event) => {
    if (event.type === 'session.revoked') return;
    const done =
      event.type === 'conversation.joined'
        ? feeds.open(event.conversationId)
        : feeds.shut(event.conversationId);
    done.then(
      () => {
        queue.push(event);
      },
      (error: unknown) => {
        core.log.warn('live.feedFailed', { userId: actor.userId, error });
        queue.push({ type: 'live.resync' });
      },
    );
  });
  const stopResync = core.pubsub.onResubscribed(() => {
    queue.push({ type: 'live.resync' });
  });
  try {
    await feeds.openAll();
    yield { type: 'live.ready', epoch: core.db.epoch };
    yield* queue.read(signal);
  } finally {
    stopResync();
    await Promise.all([stopUser(), feeds.shutAll()]);
  }
}

/** The part of an event that a member may see who sees the log from `from` on; null when that is nothing. */
function aboveStart(event: ConversationEvent, from: number): ConversationEvent | null {
  if ((event.entries[0]?.rev ?? 0) >= from) return event;
  const entries = event.entries.filter(({ rev }) => rev >= from);
  return entries.length > 0 ? { ...event, entries } : null;
}
