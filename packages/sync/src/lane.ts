import { newClientId, type SendMessageInput, type SendMessageResult } from '@confab/contract';
import { Backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import { outcomeOf, type Failure } from './failure.ts';
import type { OutgoingMessage } from './views.ts';

/** No answer for so long while connected: the message shows as not confirmed, and goes out once more. */
const answerTimeoutMs = 10_000;

export interface LaneHost {
  readonly clock: Clock;
  readonly attemptId: (message: OutgoingMessage) => string;
  send(input: SendMessageInput): Promise<SendMessageResult>;
  /** Takes the stored entry in; false when the answer is of another epoch and proves nothing. */
  stored(conversationId: string, result: SendMessageResult): boolean;
  changed(conversationId: string): void;
}

/**
 * The outgoing messages of one conversation, in the order of sending. One is under way at a time: with the outcome
 * of one unknown, sending the next could store it first. Success counts from whichever attempt it comes, and from
 * the log; a failure only from the latest attempt, for an older one says nothing about it.
 */
export class Lane {
  readonly #conversationId: string;
  readonly #host: LaneHost;
  readonly #backoff: Backoff;
  #messages: readonly OutgoingMessage[] = [];
  #connected: boolean;
  /** The client id of the message under way, from its first attempt to its end. */
  #current: string | null = null;
  #attempt: symbol | null = null;
  #stopWatch: (() => void) | null = null;

  constructor(conversationId: string, host: LaneHost, connected: boolean) {
    this.#conversationId = conversationId;
    this.#host = host;
    this.#backoff = new Backoff(host.clock);
    this.#connected = connected;
  }

  get messages(): readonly OutgoingMessage[] {
    return this.#messages;
  }

  add(text: string): string {
    const clientId = newClientId();
    const createdAt = new Date(this.#host.clock.now()).toISOString();
    this.#set([...this.#messages, { clientId, text, createdAt, state: 'sending', error: null }]);
    this.#advance();
    return clientId;
  }

  retry(clientId: string): void {
    if (this.#find(clientId)?.state !== 'failed') return;
    this.#change(clientId, { state: 'sending', error: null });
    this.#advance();
  }

  discard(clientId: string): string | null {
    const message = this.#find(clientId);
    if (message?.state !== 'failed') return null;
    this.#set(this.#messages.filter((other) => other !== message));
    return message.text;
  }

  /** The message is in the log. */
  confirm(clientId: string): void {
    if (this.#find(clientId) === undefined) return;
    this.#set(this.#messages.filter((message) => message.clientId !== clientId));
    if (this.#current === clientId) this.#finish();
  }

  connect(): void {
    this.#connected = true;
    this.#advance();
  }

  /** Whatever was under way may or may not have been stored; `connect` sends it again. */
  disconnect(): void {
    this.#connected = false;
    if (this.#current === null) return;
    this.#change(this.#current, { state: 'unconfirmed' });
    this.#release();
  }

  /** Forgets the messages; answers under way find none. */
  stop(): void {
    this.disconnect();
    this.#set([]);
  }

  #advance(): void {
    if (!this.#connected || this.#current !== null) return;
    const next = this.#messages.find((message) => message.state !== 'failed');
    if (next === undefined) return;
    this.#current = next.clientId;
    this.#watch(next.clientId);
    void this.#send(next.clientId);
  }

  async #send(clientId: string): Promise<void> {
    const message = this.#find(clientId);
    if (message === undefined) return;
    const attempt = Symbol('attempt');
    this.#attempt = attempt;
    const input = {
      conversationId: this.#conversationId,
      clientId: this.#host.attemptId(message),
      text: message.text,
    };
    const outcome = await outcomeOf(() => this.#host.send(input));
    const latest = this.#attempt === attempt;
    if (latest) this.#attempt = null;
    if (this.#find(clientId) === undefined) return;
    if ('failure' in outcome) {
      if (latest) this.#failed(clientId, outcome.failure);
    } else if (this.#host.stored(this.#conversationId, outcome.value)) {
      this.confirm(clientId);
    } else if (latest) {
      this.#sendLater(clientId, null);
    }
  }

  #failed(clientId: string, { code, message, retryable, retryAfterMs }: Failure): void {
    if (retryable) {
      this.#sendLater(clientId, retryAfterMs);
      return;
    }
    this.#change(clientId, { state: 'failed', error: { code, message } });
    this.#finish();
  }

  #sendLater(clientId: string, retryAfterMs: number | null): void {
    this.#backoff.again(() => void this.#send(clientId), retryAfterMs);
  }

  #watch(clientId: string): void {
    this.#stopWatch = this.#host.clock.setTimer(() => {
      this.#change(clientId, { state: 'unconfirmed' });
      this.#watch(clientId);
      if (!this.#backoff.waiting) void this.#send(clientId);
    }, answerTimeoutMs);
  }

  #finish(): void {
    this.#release();
    this.#advance();
  }

  #release(): void {
    this.#current = null;
    this.#attempt = null;
    this.#stopWatch?.();
    this.#stopWatch = null;
    this.#backoff.reset();
  }

  #find(clientId: string): OutgoingMessage | undefined {
    return this.#messages.find((message) => message.clientId === clientId);
  }

  #change(clientId: string, change: Partial<OutgoingMessage>): void {
    this.#set(this.#messages.map((old) => (old.clientId === clientId ? { ...old, ...change } : old)));
  }

  #set(messages: readonly OutgoingMessage[]): void {
    this.#messages = messages;
    this.#host.changed(this.#conversationId);
  }
}
