import { setInterval } from 'node:timers';
import { createSync, type Sync } from '@confab/sync';
import { createSyncTransport } from '@confab/client/transport';
import { connect } from '../../chaos/clients/connect.ts';
import { until } from '../../chaos/pause.ts';
import { seededRandom } from '../../chaos/random.ts';
import type { CanaryAccount, CanaryCast, CanaryOrder, CanaryPerson, CanaryWindow } from './messages.ts';

/** People who talk while somebody attacks, in a process of their own: an attacker's work does not delay their clocks. */
const cast = JSON.parse(process.argv[2] ?? '{}') as CanaryCast;
const { conversationId } = cast;

/** Monotonic milliseconds, by client id. */
const sentAt = new Map<string, number>();
const acknowledgedAt = new Map<string, number>();
const shownAt = new Map<string, number>();

function open(person: CanaryPerson, number: number): Sync {
  const random = seededRandom(`canary ${number}`);
  const { client } = connect({
    user: person,
    url: cast.url,
    origin: cast.origin,
    random,
    isOffline: () => false,
  });
  const transport = createSyncTransport(client, () => random.next());
  const sync = createSync({
    userId: person.id,
    transport: {
      ...transport,
      async send(input) {
        const answer = await transport.send(input);
        if (!acknowledgedAt.has(input.clientId)) acknowledgedAt.set(input.clientId, performance.now());
        return answer;
      },
    },
  });
  sync.start();
  sync.openTimeline(conversationId);
  return sync;
}

const senders = cast.senders.map(open);
const reader = open(cast.reader, cast.senders.length);
const view = reader.timeline(conversationId);
const shown = () => view.get().items.flatMap((item) => (item.type === 'entry' ? [item.entry.clientId] : []));
view.subscribe(() => {
  const now = performance.now();
  for (const clientId of shown())
    if (sentAt.has(clientId) && !shownAt.has(clientId)) shownAt.set(clientId, now);
});

await until(() => [...senders, reader].every((sync) => isReady(sync)), { maxMs: 60_000 });

let turn = 0;
setInterval(() => {
  turn += 1;
  const sender = senders[turn % senders.length];
  const at = performance.now();
  if (sender) sentAt.set(sender.send(conversationId, `canary ${turn}`), at);
}, 1_000 / cast.perSecond);

let windowFrom = performance.now();
process.on('message', (order: CanaryOrder) => {
  if (order.order === 'window') process.send?.(takeWindow());
  else void settle(order.maxMs).then((account) => process.send?.(account));
});
// Whoever asked for the canary is gone.
process.on('disconnect', () => process.exit(0));
process.send?.('ready');

function isReady(sync: Sync): boolean {
  return sync.connection.get() === 'online' && sync.timeline(conversationId).get().status === 'ready';
}

function takeWindow(): CanaryWindow {
  const from = windowFrom;
  windowFrom = performance.now();
  const sent = [...sentAt].filter(([, at]) => at >= from);
  const since = (ends: ReadonlyMap<string, number>) =>
    sent.flatMap(([clientId, at]) => {
      const end = ends.get(clientId);
      return end === undefined ? [] : [end - at];
    });
  return { sent: sent.length, acknowledgedMs: since(acknowledgedAt), deliveredMs: since(shownAt) };
}

async function settle(maxMs: number): Promise<CanaryAccount> {
  const due = [...sentAt.keys()];
  const missing = (ends: ReadonlyMap<string, number>) => due.filter((clientId) => !ends.has(clientId)).length;
  await until(() => missing(acknowledgedAt) + missing(shownAt) === 0, { maxMs });
  const rows = shown();
  return {
    sent: due.length,
    unacknowledged: missing(acknowledgedAt),
    undelivered: missing(shownAt),
    twice: rows.length - new Set(rows).size,
  };
}
