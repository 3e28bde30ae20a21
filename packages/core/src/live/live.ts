import type { CoreParts } from '../core.ts';
import type { TimelineWriter } from '../timeline/timeline-writer.ts';
import { ConversationHub } from './conversation-hub.ts';
import { createDeliveryLog } from './delivery-log.ts';
import { LiveReaders } from './live-readers.ts';
import { SendGate } from './send-gate.ts';
import { SessionWatch } from './session-watch.ts';
import { Watchdog } from './watchdog.ts';

/** At most 5 s from one round to the end of the next, with the time that a round takes. */
const watchEveryMs = 4_000;
const graceMs = 300;

/** What tests set otherwise. */
export interface LiveTiming {
  /** Milliseconds that go on while a process is stopped. */
  readonly monotonicMs?: () => number;
  /** See {@link Watchdog}. */
  readonly graceMs?: number;
  /** See {@link PresenceTrust}. */
  readonly presenceSettleMs?: number;
}

/** What this process serves live, and how it finds out what it was not told. */
export interface Live {
  readonly hub: ConversationHub;
  readonly readers: LiveReaders;
  readonly sessions: SessionWatch;
  readonly gate: SendGate;
  readonly watchdog: Watchdog;
}

export function createLive(
  parts: CoreParts & { readonly timeline: TimelineWriter },
  timing: LiveTiming = {},
): Live {
  const { log } = parts;
  const hub = new ConversationHub({ ...parts, deliveries: createDeliveryLog(log) });
  const readers = new LiveReaders();
  const sessions = new SessionWatch(parts);
  const watchdog = new Watchdog({ graceMs, ...timing, ...parts, hub, readers, sessions });
  const gate = new SendGate({
    reauthorise: () => watchdog.recheck(),
    monotonicMs: timing.monotonicMs ?? (() => performance.now()),
    log,
  });
  return { hub, readers, sessions, gate, watchdog };
}

/** Keeps watch in a process that serves live subscriptions. Returns how to end it. */
export function keepWatch(
  { pubsub, live }: { pubsub: CoreParts['pubsub']; live: Live },
  everyMs = watchEveryMs,
) {
  const { gate, watchdog } = live;
  gate.start();
  watchdog.start(everyMs);
  const stopListening = pubsub.onResubscribed(() => {
    gate.shut('resubscribed');
    watchdog.runRound();
  });
  return () => {
    stopListening();
    watchdog.stop();
    gate.stop();
  };
}
