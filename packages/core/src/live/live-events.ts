import { limits, type LiveEvent, type UserEvent } from '@confab/contract';
import type { Actor, Core } from '../core.ts';
import { ConversationFeeds } from './conversation-feeds.ts';
import { EventQueue } from './event-queue.ts';
import type { LiveReader } from './live-readers.ts';
import type { Reading } from './pace.ts';

const queueBounds = { max: limits.queuedEventsMax, bytesMax: limits.queuedEventBytesMax };

/**
 * One connection's durable events: everything that happens in the conversations of the actor, from `live.ready` on.
 * With Redis there, the channels are confirmed before `live.ready`, so whoever compares heads after it misses nothing.
 * With Redis away, what happens is found by the watchdog, and `live.resync` follows when the channels are confirmed.
 */
export async function* liveEvents(
  core: Core,
  actor: Actor,
  { signal, pace }: Reading,
): AsyncGenerator<LiveEvent> {
  const queue = new EventQueue<LiveEvent>({ ...queueBounds, overflow: { type: 'live.resync' } });
  const push = (event: LiveEvent, bytes?: number) => {
    queue.push(event, bytes);
  };
  const feeds = new ConversationFeeds(core, actor.userId, push);
  const reader = createReader(core, { userId: actor.userId, feeds, push });
  // Before anything is subscribed to: what Redis cannot confirm now, it confirms with a resync.
  const stopResync = core.pubsub.onResubscribed(() => {
    push({ type: 'live.resync' });
  });
  const removeReader = core.live.readers.add(actor.userId, reader);
  // The user's own channel first: joining a conversation while the list is read must not fall between the two.
  const stopUser = await core.pubsub.subscribeUser(actor.userId, (event) => {
    onUserEvent(event, reader, push);
  });
  try {
    await feeds.openAll();
    yield { type: 'live.ready', epoch: core.db.epoch };
    // What the reader has no room for is held here, and so is judged when it leaves: whether they may still see it.
    for await (const event of queue.read(signal, pace)) {
      if (core.live.gate.closed) await core.live.gate.passed();
      if (feeds.lets(event) && !signal.aborted) yield event;
    }
  } finally {
    stopResync();
    removeReader();
    await Promise.all([stopUser(), feeds.shutAll()]);
  }
}

interface ReaderParts {
  readonly userId: string;
  readonly feeds: ConversationFeeds;
  readonly push: (event: LiveEvent) => void;
}

interface EventsReader extends LiveReader {
  joined(conversationId: string): void;
  left(conversationId: string): void;
}

function createReader(core: Core, { userId, feeds, push }: ReaderParts): EventsReader {
  const after = (done: Promise<void>, event: LiveEvent) => {
    done.then(
      () => {
        push(event);
      },
      (error: unknown) => {
        core.log.warn('live.feedFailed', { userId, error });
        push({ type: 'live.resync' });
      },
    );
  };
  const joined = (conversationId: string) => {
    after(feeds.open(conversationId), { type: 'conversation.joined', conversationId });
  };
  const left = (conversationId: string) => {
    after(feeds.shut(conversationId), { type: 'conversation.left', conversationId });
  };
  return {
    joined,
    left,
    reads: (conversationId) => feeds.has(conversationId),
    membershipSeen({ conversationId, active, visibleFromRev }) {
      feeds.startAt(conversationId, visibleFromRev);
      if (active && !feeds.has(conversationId)) joined(conversationId);
      if (!active && feeds.has(conversationId)) left(conversationId);
    },
  };
}

function onUserEvent(event: UserEvent, reader: EventsReader, push: (event: LiveEvent) => void): void {
  switch (event.type) {
    case 'conversation.joined':
      reader.joined(event.conversationId);
      return;
    case 'conversation.left':
      reader.left(event.conversationId);
      return;
    case 'watermark.raised':
    case 'preferences.changed':
    case 'block.changed':
      push(event);
      return;
    // The socket's own affair: see SessionWatch.
    case 'session.revoked':
      return;
  }
}
