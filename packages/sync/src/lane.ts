import { newClientId, type Entry, type MessageEntry } from '@confab/contract';
import { Backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import { outcomeOf, type Failure } from './failure.ts';
import { OutgoingList } from './outgoing-list.ts';
import {
  isEffective,
  isOutgoingChange,
  replaces,
  withOutgoing,
  type Outgoing,
  type OutgoingBody,
  type OutgoingChange,
  type OutgoingChangeBody,
} from './outgoing.ts';
import type { Refusal } from './views.ts';

/** No answer for so long while connected: the message shows as not confirmed, and goes out once more. */
const answerTimeoutMs = 10_000;

/** Where the server does not say for how long. */
const slowModePauseMs = 5_000;

/** The server's answer to whatever was sent. */
export interface Stored {
  readonly epoch: string;
  readonly entry: Entry;
}

export interface LaneHost {
  readonly userId: string;
  readonly clock: Clock;
  readonly attemptId: (outgoing: Outgoing) => string;
  send(conversationId: string, outgoing: Outgoing): Promise<Stored>;
  /** Takes the stored entry in; false when the answer is of another epoch and proves nothing. */
  stored(conversationId: string, result: Stored): boolean;
  /** Keeps it on the device, or keeps its newer form; what could not be kept is not sent. */
  keep(conversationId: string, outgoing: Outgoing): Promise<Refusal | null>;
  /** It is kept, or took another state: other tabs show it too. */
  shared(conversationId: string, outgoing: Outgoing): void;
  /** No other tab may send what this one holds. */
  isSole(): boolean;
  /** It was stored, taken back or dropped: the device need not keep it any longer. */
  ended(conversationId: string, clientId: string): void;
  refused(conversationId: string, change: OutgoingChange, refusal: Refusal): void;
  /** A message as the log is known to have it; null when it is not held. */
  messageOf(conversationId: string, messageId: string): MessageEntry | null;
  changed(conversationId: string): void;
}

/** What is refused for who asks says nothing about what was to be stored: it goes out again in its owner's next session. */
function isFinal({ retryable, code }: Failure): boolean {
  return !retryable && code !== 'UNAUTHENTICATED' && code !== 'OTHER_ACCOUNT';
}

/**
 * What is outgoing in one conversation, in the order of sending. One is under way at a time: with the outcome
 * of one unknown, sending the next could store it first. Success counts from whichever attempt it comes, and from
 * the log; a failure only from the latest attempt, for an older one says nothing about it.
 */
export class Lane {
  readonly list: OutgoingList;
  readonly #conversationId: string;
  readonly #host: LaneHost;
  readonly #backoff: Backoff;
  #connected: boolean;
  /** Client ids of what the device keeps: only that may go out. */
  readonly #kept = new Set<string>();
  /** Client ids of what another tab sends; here it is only shown. */
  readonly #foreign = new Set<string>();
  /** Client ids that the server may have seen: these can no longer be replaced by later changes. */
  readonly #tried = new Set<string>();
  /** The client id of what is under way, from its first attempt to its end. */
  #current: string | null = null;
  #attempt: symbol | null = null;
  /** The message or edit that the server refused until its time has come: nothing of it is under way. */
  #paused: { readonly clientId: string; readonly cancel: () => void } | null = null;
  #stopWatch: (() => void) | null = null;

  constructor(conversationId: string, host: LaneHost, connected: boolean) {
    this.#conversationId = conversationId;
    this.#host = host;
    this.#backoff = new Backoff(host.clock);
    this.#connected = connected;
    this.list = new OutgoingList(() => {
      host.changed(conversationId);
    });
  }

  add(body: OutgoingBody): string {
    const clientId = newClientId();
    const createdAt = new Date(this.#host.clock.now()).toISOString();
    const outgoing: Outgoing = { ...body, clientId, createdAt, state: 'sending', error: null };
    this.list.put(outgoing);
    void this.#keep(outgoing);
    return clientId;
  }

  /** Replaces what it makes pointless; what then changes nothing is not sent at all. */
  addChange(body: OutgoingChangeBody): void {
    const isPointless = (other: Outgoing) => !this.#tried.has(other.clientId) && replaces(body, other);
    for (const { clientId } of this.list.items.filter(isPointless)) this.remove(clientId);
    if (this.#isEffective(body)) this.add(body);
  }

  /** Was kept by this tab's predecessor or by another tab. `isOurs`: it is this tab that sends it. */
  adopt(outgoing: Outgoing, { isOurs, isFirst }: { isOurs: boolean; isFirst: boolean }): void {
    const { clientId } = outgoing;
    if (this.#current === clientId || this.#paused?.clientId === clientId) return;
    this.#tried.add(clientId);
    if (isOurs || this.#kept.has(clientId)) this.#kept.add(clientId);
    else this.#foreign.add(clientId);
    if (isFirst) this.list.putFirst([outgoing]);
    else this.list.put(outgoing);
    this.#advance();
  }

  /** Everything here is sent by this tab from now on. */
  takeOver(): void {
    for (const clientId of this.#foreign) this.#kept.add(clientId);
    this.#foreign.clear();
  }

  /** Another tab sends from now on: which of these it has tried is unknown here. */
  handOver(): void {
    for (const { clientId } of this.list.items) this.#tried.add(clientId);
  }

  retry(clientId: string): void {
    if (this.list.find(clientId)?.state !== 'failed') return;
    const outgoing = this.list.step(clientId, { state: 'sending', error: null });
    if (outgoing !== undefined) void this.#keep(outgoing);
  }

  discard(clientId: string): string | null {
    const outgoing = this.list.find(clientId);
    const isHere = outgoing?.state === 'failed' || this.#paused?.clientId === clientId;
    if (outgoing === undefined || !isHere || isOutgoingChange(outgoing)) return null;
    this.remove(clientId);
    return outgoing.text;
  }

  /** It is in the log, or nobody wants it any more. */
  remove(clientId: string): void {
    if (this.list.find(clientId) === undefined) return;
    this.#host.ended(this.#conversationId, clientId);
    this.forget(clientId);
  }

  /** It ended, and another tab has seen to that. */
  forget(clientId: string): void {
    if (this.list.find(clientId) === undefined) return;
    for (const set of [this.#tried, this.#kept, this.#foreign]) set.delete(clientId);
    this.list.remove(clientId);
    if (this.#paused?.clientId === clientId) {
      this.#resume();
      this.#advance();
    }
    if (this.#current === clientId) this.#finish();
  }

  connect(): void {
    this.#connected = true;
    this.#advance();
  }

  /** Whatever was under way may or may not have been stored; `connect` sends it again. */
  disconnect(): void {
    this.#connected = false;
    this.#resume();
    if (this.#current === null) return;
    this.#step(this.#current, { state: 'unconfirmed', error: null });
    this.#release();
  }

  /** Forgets what is outgoing, here and not on the device; answers under way find nothing. */
  stop(): void {
    this.#connected = false;
    this.#resume();
    this.#release();
    this.list.clear();
  }

  #isEffective(body: OutgoingChangeBody): boolean {
    const { userId } = this.#host;
    const stored = this.#host.messageOf(this.#conversationId, body.messageId);
    if (stored === null) return true;
    const now = this.list
      .changesOf(body.messageId)
      .reduce((message, change) => withOutgoing(message, change, userId), stored);
    return isEffective(now, body, userId);
  }

  async #keep(outgoing: Outgoing): Promise<void> {
    const { clientId } = outgoing;
    const refusal = await this.#host.keep(this.#conversationId, outgoing);
    if (this.list.find(clientId) === undefined) {
      // Taken back meanwhile, and perhaps kept after all: it would be sent after a reload.
      if (refusal === null) this.#host.ended(this.#conversationId, clientId);
      return;
    }
    if (refusal === null) {
      this.#kept.add(clientId);
      if (!this.#host.isSole()) this.#tried.add(clientId);
      this.#host.shared(this.#conversationId, outgoing);
    } else {
      this.#refuse(clientId, refusal);
    }
    this.#advance();
  }

  #advance(): void {
    if (!this.#connected || this.#current !== null) return;
    // Behind what waits for its time, whatever says something new must wait; a reaction or a deletion need not.
    const next = this.list.items.find(
      (outgoing) =>
        outgoing.state !== 'failed' &&
        !this.#foreign.has(outgoing.clientId) &&
        (this.#paused === null || !isPaced(outgoing)),
    );
    if (next === undefined || !this.#kept.has(next.clientId)) return;
    this.#current = next.clientId;
    this.#tried.add(next.clientId);
    this.#watch(next.clientId);
    void this.#send(next.clientId);
  }

  async #send(clientId: string): Promise<void> {
    const outgoing = this.list.find(clientId);
    if (outgoing === undefined) return;
    const attempt = Symbol('attempt');
    this.#attempt = attempt;
    const sent = { ...outgoing, clientId: this.#host.attemptId(outgoing) };
    const outcome = await outcomeOf(() => this.#host.send(this.#conversationId, sent));
    const latest = this.#attempt === attempt;
    if (latest) this.#attempt = null;
    if (this.list.find(clientId) === undefined) return;
    if ('failure' in outcome) {
      if (latest) this.#failed(clientId, outcome.failure);
    } else if (this.#host.stored(this.#conversationId, outcome.value)) {
      this.remove(clientId);
    } else if (latest) {
      this.#sendLater(clientId, null);
    }
  }

  #failed(clientId: string, failure: Failure): void {
    if (!isFinal(failure)) {
      if (failure.code === 'SLOW_MODE') this.#pause(clientId, failure);
      else this.#sendLater(clientId, failure.retryAfterMs);
      return;
    }
    this.#refuse(clientId, this.#refusalOf(failure));
    if (this.#current === clientId) this.#finish();
  }

  #refusalOf({ code, message, retryAfterMs }: Failure): Refusal {
    if (retryAfterMs === null) return { code, message };
    return { code, message, retryAt: new Date(this.#host.clock.now() + retryAfterMs).toISOString() };
  }

  /** A message stays, as failed, for the writer to decide; a change is taken back and told. */
  #refuse(clientId: string, error: Refusal): void {
    const outgoing = this.list.find(clientId);
    if (outgoing === undefined) return;
    if (isOutgoingChange(outgoing)) {
      this.remove(clientId);
      this.#host.refused(this.#conversationId, outgoing, error);
      return;
    }
    const failed = this.#step(clientId, { state: 'failed', error });
    if (failed !== undefined && this.#kept.has(clientId)) void this.#host.keep(this.#conversationId, failed);
  }

  #step(clientId: string, step: Pick<Outgoing, 'state' | 'error'>): Outgoing | undefined {
    const stepped = this.list.step(clientId, step);
    if (stepped !== undefined && this.#kept.has(clientId)) this.#host.shared(this.#conversationId, stepped);
    return stepped;
  }

  #sendLater(clientId: string, retryAfterMs: number | null): void {
    this.#backoff.again(() => void this.#send(clientId), retryAfterMs);
  }

  /** The server said when to come again: until then there is no answer to wait for, and the writer sees why. */
  #pause(clientId: string, failure: Failure): void {
    this.#step(clientId, { state: 'sending', error: this.#refusalOf(failure) });
    const again = () => {
      this.#resume();
      this.#advance();
    };
    const cancel = this.#host.clock.setTimer(again, failure.retryAfterMs ?? slowModePauseMs);
    this.#paused = { clientId, cancel };
    this.#finish();
  }

  /** Its time has come, or is not to be waited for. */
  #resume(): void {
    if (this.#paused === null) return;
    const { clientId, cancel } = this.#paused;
    this.#paused = null;
    cancel();
    this.#step(clientId, { state: 'sending', error: null });
  }

  #watch(clientId: string): void {
    this.#stopWatch = this.#host.clock.setTimer(() => {
      this.#step(clientId, { state: 'unconfirmed', error: null });
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
}

/** Whether slow mode holds it up. */
function isPaced({ kind }: Outgoing): boolean {
  return kind === 'message' || kind === 'edit';
}
