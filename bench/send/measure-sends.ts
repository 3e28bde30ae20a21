import { percentile, round } from '../store/measure.mjs';
import type { WorkReport } from './database-work.ts';
import { type Client, newClientId } from './crowd.ts';
import type { WsNode } from './ws-node.ts';

export interface SendRun {
  readonly conversations: number;
  readonly processes: number;
  readonly sends: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Database commands per send, by name, over all processes. */
  readonly commandsPerSend: Record<string, number>;
  readonly collisionsPerSend: number;
}

/** Who sends where: each client stays with one conversation. */
export interface Sender {
  readonly client: Client;
  readonly conversationId: string;
}

/** Sends that are on their way at any time. */
const inFlight = 64;
const warmUp = 500;

/** Keeps `inFlight` messages on their way until `count` are acknowledged; every sender takes its turn. */
async function sendAll(senders: readonly Sender[], count: number): Promise<number[]> {
  const latencies: number[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (next < count) {
        const turn = next++;
        const sender = senders[turn % senders.length];
        if (!sender) return;
        const { client, conversationId } = sender;
        const started = performance.now();
        await client.trpc.messages.send.mutate({
          conversationId,
          clientId: newClientId(),
          text: `message ${String(turn)} of a benchmark, as long as people write them`,
        });
        latencies.push(performance.now() - started);
      }
    }),
  );
  return latencies;
}

export async function measureSends(
  nodes: readonly WsNode[],
  senders: readonly Sender[],
  count: number,
): Promise<SendRun> {
  await sendAll(senders, warmUp);
  await Promise.all(nodes.map((node) => node.reset()));
  const started = performance.now();
  const latencies = await sendAll(senders, count);
  const seconds = (performance.now() - started) / 1_000;
  const reports = await Promise.all(nodes.map((node) => node.report()));
  return {
    conversations: new Set(senders.map(({ conversationId }) => conversationId)).size,
    processes: nodes.length,
    sends: count,
    perSecond: Math.round(count / seconds),
    p50Ms: round(percentile(latencies, 0.5)),
    p99Ms: round(percentile(latencies, 0.99)),
    ...perSend(reports, count),
  };
}

function perSend(
  reports: readonly WorkReport[],
  sends: number,
): Pick<SendRun, 'commandsPerSend' | 'collisionsPerSend'> {
  const total: Record<string, number> = {};
  for (const { commands } of reports) {
    for (const [name, times] of Object.entries(commands)) total[name] = (total[name] ?? 0) + times;
  }
  const collisions = reports.reduce((sum, report) => sum + report.collisions, 0);
  return {
    commandsPerSend: Object.fromEntries(
      Object.entries(total).map(([name, times]) => [name, round(times / sends)]),
    ),
    collisionsPerSend: round(collisions / sends),
  };
}
