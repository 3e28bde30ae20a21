import type { Backend } from '@confab/api';
import { percentile, round } from '../store/measure.mjs';
import type { Client } from './crowd.ts';
import { newClientId } from './crowd.ts';

export interface HistoryRun {
  readonly messages: number;
  readonly page: { readonly p50Ms: number; readonly p99Ms: number };
  /** The conversation with its unread count, as the list asks for it. */
  readonly unread: { readonly counted: number; readonly p50Ms: number; readonly p99Ms: number };
}

const rounds = 300;
const batch = 1_000;

/** A room with that many messages of `author`, written straight into the log. */
export async function fillRoom(
  backend: Backend,
  conversationId: string,
  { authorId, messages }: { authorId: string; messages: number },
): Promise<void> {
  const { timeline, conversations } = backend.core.db;
  const head = await timeline.highestRev(conversationId);
  for (let done = 0; done < messages; done += batch) {
    const createdAt = new Date();
    await timeline.insertBatch(
      Array.from({ length: Math.min(batch, messages - done) }, (_, i) => ({
        kind: 'message' as const,
        messageType: 'text' as const,
        id: newClientId().slice(0, 24),
        conversationId,
        rev: head + done + i + 1,
        senderId: authorId,
        clientId: newClientId(),
        bodyHash: 'bench',
        createdAt,
        text: `message ${String(done + i)} ${'lorem ipsum '.repeat(8)}`,
      })),
    );
  }
  const headRev = head + messages;
  await conversations.raiseHints(conversationId, {
    headRev,
    lastMessageSeq: headRev,
    lastActivityAt: new Date(),
  });
}

/** Both sizes in turns, so that the machine's moods meet both alike. */
export async function measureHistory(
  client: Client,
  rooms: readonly { conversationId: string; messages: number }[],
): Promise<HistoryRun[]> {
  const runs = rooms.map((room) => ({
    ...room,
    pages: [] as number[],
    counts: [] as number[],
    counted: 0,
  }));
  for (let turn = 0; turn < rounds; turn++) {
    for (const run of runs) {
      const { conversationId, messages } = run;
      const before = 52 + ((turn * 7_919) % (messages - 52));
      run.pages.push(await timed(() => client.trpc.messages.page.query({ conversationId, before })));
      run.counts.push(
        await timed(async () => {
          const { conversation } = await client.trpc.conversations.get.query({ conversationId });
          run.counted = conversation.unread;
        }),
      );
    }
  }
  return runs.map(({ messages, pages, counts, counted }) => ({
    messages,
    page: { p50Ms: round(percentile(pages, 0.5)), p99Ms: round(percentile(pages, 0.99)) },
    unread: { counted, p50Ms: round(percentile(counts, 0.5)), p99Ms: round(percentile(counts, 0.99)) },
  }));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
