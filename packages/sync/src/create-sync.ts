import { Delivery, type SyncOptions } from './delivery.ts';
import { rules as soundRules, type Rules } from './rules.ts';
import type { Sync } from './sync.ts';

/** With other rules than the sound ones: for tests that show what each rule is for. */
export function createSyncWith(options: SyncOptions, rules: Rules): Sync {
  const delivery = new Delivery(options, rules);
  const { connection, rows, fetch, outbox, timelines } = delivery;
  return {
    connection,
    conversations: rows.list,
    conversation: (conversationId) => rows.view(conversationId),
    timeline: (conversationId) => timelines.of(conversationId).view,
    start: () => {
      delivery.start();
    },
    stop: () => {
      delivery.stop();
    },
    openTimeline: (conversationId) => {
      timelines.open(conversationId);
    },
    loadOlder: (conversationId) => void timelines.loadOlder(conversationId),
    fetchConversation: (conversationId) => fetch.once(conversationId),
    send: (conversationId, text) => outbox.send(conversationId, text),
    retry: (conversationId, clientId) => {
      outbox.retry(conversationId, clientId);
    },
    discard: (conversationId, clientId) => outbox.discard(conversationId, clientId),
  };
}

/** The client's half of delivery, for one user, in memory. `start` it; `stop` forgets everything. */
export function createSync(options: SyncOptions): Sync {
  return createSyncWith(options, soundRules);
}
