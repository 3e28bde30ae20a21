import { limits, type TypingEvent } from '@confab/contract';
import { accessConversation } from '../conversations/access-conversation.ts';
import type { Actor, Core } from '../core.ts';
import { EventQueue } from './event-queue.ts';
import type { Reading } from './pace.ts';

/** Hints that nobody has read yet; more of them are worth nothing. */
const queueBounds = { max: 100, bytesMax: limits.queuedEventBytesMax };

/**
 * Who else is writing in one conversation, until the actor loses access to it.
 * @throws ConfabError NOT_FOUND
 */
export async function* liveTyping(
  core: Core,
  actor: Actor,
  { conversationId, signal, pace }: Reading & { readonly conversationId: string },
): AsyncGenerator<TypingEvent> {
  const ending = new AbortController();
  const ended = AbortSignal.any([signal, ending.signal]);
  const queue = new EventQueue<TypingEvent | null>({ ...queueBounds, overflow: null });
  const end = (id: string) => {
    if (id === conversationId) ending.abort();
  };
  const removeReader = core.live.readers.add(actor.userId, {
    // What this subscription is served with says nothing that `live.events` does not say better.
    reads: () => false,
    membershipSeen(membership) {
      if (!membership.active) end(membership.conversationId);
    },
  });
  // Losing access must not fall between asking for it and listening.
  const stops = await Promise.all([
    core.pubsub.subscribeUser(actor.userId, (event) => {
      if (event.type === 'conversation.left') end(event.conversationId);
    }),
    core.pubsub.subscribeTyping(conversationId, (event) => {
      if (event.userId !== actor.userId) queue.push(event);
    }),
  ]);
  try {
    await accessConversation(core, actor, conversationId);
    for await (const event of queue.read(ended, pace)) {
      if (core.live.gate.closed) await core.live.gate.passed();
      if (event && !ended.aborted) yield event;
    }
  } finally {
    removeReader();
    await Promise.all(stops.map((stop) => stop()));
  }
}
