import type { Duplex } from 'node:stream';
import { type RawData, WebSocket } from 'ws';
import { Budget, type Spending } from './budget.ts';
import { guardCodes, retryReason } from './close-codes.ts';
import type { GuardOptions, RefusedCall } from './guard-options.ts';
import { Inflow } from './inflow.ts';
import { Outflow } from './outflow.ts';
import type { PersonBudgets } from './person-budgets.ts';
import { readAnswer } from './read-answer.ts';
import { type Call, readFrame } from './read-frame.ts';
import { Waiters } from './waiters.ts';

/** What the sockets of one guard share. */
export interface GuardParts extends GuardOptions {
  readonly now: () => number;
  readonly persons: PersonBudgets;
}

/** What is kept for a socket, in bytes. */
export interface Held {
  /** Calls that wait for their turn. */
  incoming: number;
  /** What waits for the reader. */
  waiting: number;
  /** What was sent, and the reader has not acknowledged. */
  unacknowledged: number;
}

/** A frame that calls nothing costs more: no client sends many. */
const brokenFrameCost = 10;
/** While nothing is read, pongs are not seen; so often it is looked at what has left this process instead. */
const bufferEveryMs = 20;
/** A packet costs its system call, however small it is. */
const packetBytesMin = 256;

/**
 * A socket for tRPC's adapter, which sees the frames that it may work on, and sends what its client has room for. It
 * ends a client that sends too much, and one that takes nothing.
 */
export abstract class GuardedSocket extends WebSocket {
  protected abstract readonly parts: GuardParts;
  readonly #ending = new AbortController();
  readonly #waiters = new Waiters();
  #flows: { readonly inflow: Inflow; readonly outflow: Outflow; readonly budget: Budget } | null = null;
  #person: { readonly id: string; readonly budget: Budget } | null = null;
  #hasEnded = false;
  #heardAtMs = 0;
  #bufferedBefore = 0;
  #following: NodeJS.Timeout | undefined;

  /** Aborted when it closes, or begins to. */
  get closed(): AbortSignal {
    return this.#ending.signal;
  }

  /** Whose it is was said: see {@link belongsTo}. */
  get isSomebodys(): boolean {
    return this.#person !== null;
  }

  /** Its reader has no room: events are to be held back. */
  get full(): boolean {
    return this.#flows?.outflow.isFull ?? false;
  }

  get held(): Held {
    const { inflow, outflow } = this.#open();
    return {
      incoming: inflow.waitingBytes,
      waiting: outflow.waitingBytes,
      unacknowledged: outflow.unacknowledgedBytes,
    };
  }

  /** Resolves when its reader has room again, when the signal aborts, and when it closes. */
  async drained(signal: AbortSignal): Promise<void> {
    while (this.full && !signal.aborted && !this.#hasEnded) await this.#waiters.next(signal);
  }

  /** Before the first frame. `net`: what it reads from. */
  guard(net: Duplex): void {
    this.#open();
    net.prependListener('data', (chunk: Buffer) => {
      this.#heardAtMs = this.parts.now();
      this.#spend('bytes', Math.max(chunk.length, packetBytesMin));
    });
  }

  /** From here on its person's budget counts too. False: it is closed, because that is spent. */
  belongsTo(id: string): boolean {
    const { persons, now } = this.parts;
    const budget = persons.entered(id, now());
    this.#person = { id, budget };
    this.once('close', () => {
      persons.left(id);
    });
    const restMs = budget.restMs(now());
    if (restMs > 0) this.#limit('person', restMs);
    return restMs === 0;
  }

  /** To be called about every second. `late`: this process did not run meanwhile, so that silence says nothing. */
  look({ late }: { readonly late: boolean }): void {
    const { inflow, outflow } = this.#open();
    if (this.#hasEnded) return;
    if (late) outflow.noteProgress();
    if (outflow.stalledForMs() > this.parts.limits.stalledMs) this.#drop('stalled');
    else if (!inflow.isPaused && this.parts.now() - this.#heardAtMs > this.parts.limits.quietMs)
      outflow.probe();
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    switch (event) {
      case 'message':
        this.#receive(args[0] as RawData, args[1] === true);
        return true;
      case 'ping':
        this.#spend('frames', 1);
        break;
      case 'pong':
        if (!this.#open().outflow.acknowledge(args[0] as Buffer)) this.#spend('frames', 1);
        break;
      case 'close':
        this.#end();
        break;
    }
    return super.emit(event, ...args);
  }

  /** tRPC's adapter sends text, and awaits nothing. */
  override send(data: string): void {
    if (this.#hasEnded || this.readyState !== WebSocket.OPEN) return;
    const { inflow, outflow } = this.#open();
    const answer = readAnswer(data);
    const method = answer && inflow.answered(answer.id, answer.isLast);
    const bytes = Buffer.byteLength(data);
    if (outflow.hasRoomFor(bytes)) {
      outflow.write(data, bytes);
      if (outflow.isFull) this.#followBuffer();
    } else if (answer && method === 'query') {
      // To ask again changes nothing, and may be answered.
      this.#refuse(answer.id, 'unread');
    } else {
      this.#drop('unread');
      return;
    }
    if (method === 'query' || method === 'mutation') inflow.proceed();
  }

  override close(code?: number, reason?: string | Buffer): void {
    this.#end();
    super.close(code ?? (this.isSomebodys ? 1000 : guardCodes.badFirstMessage), reason);
  }

  override terminate(): void {
    this.#end();
    super.terminate();
  }

  #open() {
    return (this.#flows ??= this.#createFlows());
  }

  #createFlows() {
    const { limits, now } = this.parts;
    this.#heardAtMs = now();
    const outflow = new Outflow(limits.outflow, {
      send: (piece, fin) => {
        // Most are whole, and text by themselves.
        if (typeof piece === 'string') super.send(piece);
        else super.send(piece, { fin, binary: false });
      },
      ping: (payload) => {
        this.ping(payload);
      },
      onRoom: () => {
        this.#waiters.wake();
        inflow.proceed();
      },
      now,
    });
    const inflow = new Inflow(limits.inflow, {
      isFull: () => outflow.isFull,
      deliver: ({ data, isBinary }) => {
        super.emit('message', data, isBinary);
      },
      refuse: (calls: readonly Call[]) => {
        for (const { id } of calls) this.#refuse(id, 'duplicateId');
      },
      pause: () => {
        this.pause();
        this.#followBuffer();
      },
      resume: () => {
        this.resume();
      },
    });
    return { inflow, outflow, budget: new Budget(limits.socketBudget, now()) };
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#hasEnded || !Buffer.isBuffer(data) || !this.#spend('frames', 1)) return;
    const frame = readFrame(data, isBinary);
    if (frame.messages > this.parts.limits.batchMax) {
      this.#closeAsBad('batch', `more than ${String(this.parts.limits.batchMax)} calls in one frame`);
    } else if (frame.kind === 'unanswerable') {
      this.#closeAsBad('id', 'a request id that is too long, or no number');
    } else if (frame.kind !== 'broken' || this.#spend('frames', brokenFrameCost - 1)) {
      const subscriptions = frame.calls.filter(({ method }) => method === 'subscription').length;
      if (subscriptions > 0 && !this.#spend('subscriptions', subscriptions)) return;
      this.#open().inflow.receive({ data, isBinary, frame });
    }
  }

  /** False: it was too much, and the socket closes. */
  #spend(on: Spending, cost: number): boolean {
    if (this.#hasEnded) return false;
    const nowMs = this.parts.now();
    const waitMs =
      this.#open().budget.spend(on, cost, nowMs) || (this.#person?.budget.spend(on, cost, nowMs) ?? 0);
    if (waitMs > 0) this.#limit(on, waitMs);
    return waitMs === 0;
  }

  #limit(on: Spending | 'person', retryAfterMs: number): void {
    this.parts.onEvent({ type: 'limited', person: this.#person?.id ?? null, on, retryAfterMs });
    this.close(guardCodes.tooMuch, retryReason(retryAfterMs));
    // Whatever else it sends costs nothing more. It has until the closing times out to read why.
    this.pause();
  }

  #closeAsBad(reason: 'batch' | 'id', sentence: string): void {
    this.parts.onEvent({ type: 'badFrame', person: this.#person?.id ?? null, reason });
    this.close(guardCodes.badFrame, sentence);
  }

  /** A close frame would wait behind what is not read. */
  #drop(reason: 'stalled' | 'unread'): void {
    this.parts.onEvent({ type: 'dropped', person: this.#person?.id ?? null, reason });
    this.terminate();
  }

  #refuse(id: Call['id'], refused: RefusedCall): void {
    const frame = JSON.stringify({ id, error: this.parts.refusal(refused) });
    this.#open().outflow.write(frame, Buffer.byteLength(frame));
  }

  /** Nothing is read, so no pong is: what has left this process counts as taken. */
  #followBuffer(): void {
    const { inflow, outflow } = this.#open();
    if (this.#following || !inflow.isPaused || !outflow.isFull) return;
    this.#following = setTimeout(() => {
      this.#following = undefined;
      const buffered = this.bufferedAmount;
      if (buffered === 0) outflow.acknowledgeAll();
      else if (buffered < this.#bufferedBefore) outflow.noteProgress();
      this.#bufferedBefore = buffered;
      this.#followBuffer();
    }, bufferEveryMs);
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    clearTimeout(this.#following);
    this.#flows?.inflow.end();
    this.#flows?.outflow.end();
    this.#ending.abort();
    this.#waiters.wake();
  }
}
