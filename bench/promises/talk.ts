import { newClientId } from '@confab/contract';
import { pause } from '@confab/e2e/chaos/pause';
import type { Crowd } from './crowd.ts';

/** Ten people at a message a second each: what their limit lets pass for ever. */
const everyMs = 1_000;

/** The senders of a crowd talk until they are told to stop. */
export function talk({ senders }: Crowd, conversationId: string): () => Promise<void> {
  const stopped = new AbortController();
  const talking = Promise.all(
    senders.map(async ({ api }, i) => {
      await pause((i * everyMs) / senders.length, stopped.signal);
      for (let count = 0; !stopped.signal.aborted; count++) {
        await api.messages.send.mutate({
          conversationId,
          clientId: newClientId(),
          text: `number ${String(count)}`,
        });
        await pause(everyMs, stopped.signal);
      }
    }),
  );
  return async () => {
    stopped.abort();
    await talking;
  };
}
