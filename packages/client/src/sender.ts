import { ConfabError, type MessageEntry, type SendMessageInput } from '@confab/contract';
import { judge } from './failure.ts';
import type { Connected } from './follow.ts';
import { pauseMs } from './transport/pause-ms.ts';

/** As long as packages/sync waits: then the same message is sent again, which changes nothing if it had arrived. */
const answerMaxMs = 10_000;

/** Sends over the socket, each conversation's messages one after the other, and again until there is an answer. */
export class Sender {
  readonly #connected: Connected;
  readonly #lanes = new Map<string, Promise<void>>();

  constructor(connected: Connected) {
    this.#connected = connected;
  }

  /** Resolves when the message is durable. @throws ConfabError what the server refused for good, or the end */
  send(input: SendMessageInput): Promise<MessageEntry> {
    const { conversationId } = input;
    const sent = (this.#lanes.get(conversationId) ?? Promise.resolve()).then(() => this.#deliver(input));
    const done = sent.then(
      () => undefined,
      // It is told to whoever sent it, and those behind it go on.
      () => undefined,
    );
    this.#lanes.set(conversationId, done);
    void done.then(() => {
      if (this.#lanes.get(conversationId) === done) this.#lanes.delete(conversationId);
    });
    return sent;
  }

  async #deliver(input: SendMessageInput): Promise<MessageEntry> {
    const { live } = this.#connected;
    for (let failures = 0; ;) {
      if (live.ended !== null) throw live.ended;
      if (!live.connected) {
        await live.changed();
        continue;
      }
      const outcome = await live.orChanged(this.#attempt(input), answerMaxMs);
      if (outcome === null) continue;
      if ('entry' in outcome) return outcome.entry;
      await live.changed(outcome.retryAfterMs ?? pauseMs(failures));
      failures += 1;
    }
  }

  async #attempt(
    input: SendMessageInput,
  ): Promise<{ entry: MessageEntry } | { retryAfterMs: number | null }> {
    const { api, live } = this.#connected;
    try {
      const { entry } = await api.messages.send.mutate(input);
      if (entry.kind === 'message') return { entry };
      throw new ConfabError('CLIENT_ID_REUSED');
    } catch (error) {
      const { final, retryAfterMs } = judge(error);
      if (final instanceof ConfabError && final.code === 'UNAUTHENTICATED') live.end(final);
      if (final !== null) throw final;
      return { retryAfterMs };
    }
  }
}
