import { type HintEvent, limits } from '@confab/contract';
import type { Core } from '../core.ts';
import { readPresence } from '../presence/read-presence.ts';
import { EventQueue } from './event-queue.ts';
import type { Reading } from './pace.ts';

const queueBounds = { max: 1_000, bytesMax: limits.queuedEventBytesMax };
const resync = Symbol('resync');

/** Presence, live: a snapshot first, then what changes; a snapshot again when it becomes unknown, and known again. */
export async function* liveHints(core: Core, { signal, pace }: Reading): AsyncGenerator<HintEvent> {
  const queue = new EventQueue<HintEvent | typeof resync>({ ...queueBounds, overflow: resync });
  // Listening begins before the snapshot is read: a change in between is applied on top of it.
  const stop = await core.pubsub.subscribePresence((event) => {
    queue.push(event);
  });
  const stopResync = core.presenceTrust.onChange(() => {
    queue.push(resync);
  });
  try {
    yield await readPresence(core);
    for await (const hint of queue.read(signal, pace)) {
      if (hint === resync) yield await readPresence(core);
      // One change says nothing while the others are unknown.
      else if (core.presenceTrust.known) yield hint;
    }
  } finally {
    stopResync();
    await stop();
  }
}
