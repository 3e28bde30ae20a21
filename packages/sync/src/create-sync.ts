import { Delivery } from './delivery.ts';
import { rules as soundRules, type Rules } from './rules.ts';
import type { SyncOptions } from './sync-options.ts';
import type { Sync } from './sync.ts';

/** With other rules than the sound ones: for tests that show what each rule is for. */
export function createSyncWith(options: SyncOptions, rules: Rules): Sync {
  const delivery = new Delivery(options, rules);
  const { connection, rows, fetch, sending, timelines, reading, preferences, device, drafts } = delivery;
  return {
    connection: connection.state,
    conversations: rows.list,
    unreadTotal: rows.unreadTotal,
    conversation: (conversationId) => rows.view(conversationId),
    timeline: (conversationId) => timelines.of(conversationId).view,
    storage: device.state,
    watermarks: (conversationId) => reading.watermarks.of(conversationId),
    seed: (seed) => {
      delivery.seed(seed);
    },
    start: () => {
      delivery.start();
    },
    stop: () => {
      delivery.stop();
    },
    keepUnsent: () => delivery.keepUnsent(),
    erase: () => delivery.erase(),
    openTimeline: (conversationId) => {
      timelines.open(conversationId);
    },
    stretch: (conversationId) => timelines.of(conversationId).stretch.view,
    loadOlder: (conversationId) => void timelines.loadOlder(conversationId),
    loadNewer: (conversationId) => void timelines.loadNewer(conversationId),
    openStretch: (conversationId, rev) => void timelines.openStretch(conversationId, rev),
    closeStretch: (conversationId) => {
      timelines.closeStretch(conversationId);
    },
    fetchConversation: (conversationId) => fetch.once(conversationId),
    send: (conversationId, text) => sending.send(conversationId, text),
    retry: (conversationId, clientId) => {
      sending.retry(conversationId, clientId);
    },
    discard: (conversationId, clientId) => sending.outbox.discard(conversationId, clientId),
    edit: (conversationId, messageId, text) => {
      sending.change(conversationId, { kind: 'edit', messageId, text });
    },
    remove: (conversationId, messageId) => {
      sending.change(conversationId, { kind: 'deletion', messageId });
    },
    react: (conversationId, messageId, { emoji, on }) => {
      sending.change(conversationId, { kind: 'reaction', messageId, emoji, on });
    },
    markRead: (conversationId, seq) => {
      delivery.markRead(conversationId, seq);
    },
    keepDraft: (conversationId, text) => {
      drafts.keep({ conversationId, text });
    },
    hurry: () => {
      reading.hurry();
      drafts.flush();
    },
    setBlocked: (userIds) => {
      rows.blocked = userIds;
    },
    setPreferences: (conversationId, change) => preferences.set(conversationId, change),
  };
}

/** The client's half of delivery, for one user. `start` it; `stop` forgets everything that is not kept on the device. */
export function createSync(options: SyncOptions): Sync {
  return createSyncWith(options, soundRules);
}
