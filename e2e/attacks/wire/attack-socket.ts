import type { Socket } from 'node:net';
import { type ClientOptions, WebSocket } from 'ws';
import { until } from '../../chaos/pause.ts';

/** An answer of tRPC over the socket, as far as an attacker looks. */
interface Frame {
  readonly id?: number | null;
  readonly result?: { readonly type?: string; readonly data?: unknown };
  readonly error?: {
    readonly data?: { readonly confab?: { readonly code?: string; readonly retryAfterMs?: number } };
  };
}

export interface AttackSocketOptions extends ClientOptions {
  readonly headers?: Record<string, string>;
  /** Told in the first message. */
  readonly token?: string;
  /** Answers are parsed, and kept; otherwise only counted. */
  readonly keep?: boolean;
}

/** Bytes that wait in this process. */
const bufferedMax = 1_048_576;

/** A WebSocket that obeys its owner in everything: it floods, falls silent, and counts what came of it. */
export class AttackSocket {
  readonly socket: WebSocket;
  readonly frames: Frame[] = [];
  received = 0;
  receivedBytes = 0;
  pongs = 0;
  data = 0;
  /** Refusals by their code. */
  readonly refusals = new Map<string, number>();
  /** Refusals that say when to come back. */
  timed = 0;
  /** Of the close; null while it is open. 1006: without a word. */
  closeCode: number | null = null;
  closeReason = '';
  /** Of an answer that was no upgrade. */
  refusedStatus: number | null = null;

  constructor(url: string, { token, keep = false, ...options }: AttackSocketOptions = {}) {
    const socket = new WebSocket(token === undefined ? url : `${url}?connectionParams=1`, {
      perMessageDeflate: false,
      maxPayload: 0,
      ...options,
    });
    this.socket = socket;
    if (token !== undefined)
      socket.once('open', () => {
        this.send({ method: 'connectionParams', data: { token } });
      });
    socket.on('message', (data: Buffer) => {
      this.#note(data, keep);
    });
    socket.on('pong', () => {
      this.pongs += 1;
    });
    socket.on('error', () => {
      this.closeCode ??= socket.readyState === WebSocket.OPEN ? null : 1_006;
    });
    socket.on('unexpected-response', (request, response) => {
      this.refusedStatus = response.statusCode ?? 0;
      this.closeCode = 1_006;
      request.destroy();
    });
    socket.on('close', (code, reason) => {
      this.closeCode = code;
      this.closeReason = reason.toString();
    });
  }

  /** Of its own end of the connection. */
  get localPort(): number {
    return (this.socket as unknown as { _socket?: Socket })._socket?.localPort ?? 0;
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  get isClosed(): boolean {
    return this.closeCode !== null;
  }

  /** True when it opened. */
  async opened(maxMs = 20_000): Promise<boolean> {
    await until(() => this.isOpen || this.isClosed, { maxMs });
    return this.isOpen;
  }

  /** True when it is closed by then. */
  closed(maxMs: number): Promise<boolean> {
    return until(() => this.isClosed, { maxMs });
  }

  send(frame: unknown): void {
    if (this.isOpen)
      this.socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
  }

  call(id: number, method: 'query' | 'mutation' | 'subscription', path: string, input: unknown = {}): void {
    this.send(callFrame(id, method, path, input));
  }

  /** One call and its answer; null when there is none. */
  async ask(id: number, method: 'query' | 'mutation', path: string, input?: unknown): Promise<Frame | null> {
    this.call(id, method, path, input);
    await until(() => this.isClosed || this.frames.some((frame) => frame.id === id), { maxMs: 20_000 });
    return this.frames.find((frame) => frame.id === id) ?? null;
  }

  /** Waits until the kernel has taken what was sent: an attacker's memory is bounded too. */
  async drained(): Promise<void> {
    await until(() => !this.isOpen || this.socket.bufferedAmount <= bufferedMax, {
      maxMs: 60_000,
      everyMs: 5,
    });
  }

  refused(code: string): number {
    return this.refusals.get(code) ?? 0;
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  leave(): void {
    this.socket.terminate();
  }

  #note(data: Buffer, keep: boolean): void {
    this.received += 1;
    this.receivedBytes += data.length;
    const text = data.length < 8 ? data.toString() : '';
    if (text === 'PONG') this.pongs += 1;
    if (text === 'PING' || text === 'PONG') return;
    const head = data.length > 4_096 && !keep ? data.toString('latin1', 0, 4_096) : data.toString();
    if (head.includes('"error":{')) this.#refused(head);
    else if (head.includes('"data":')) this.data += 1;
    if (keep) this.frames.push(...([JSON.parse(head)].flat() as Frame[]));
  }

  #refused(head: string): void {
    const code = /"confab":\{"code":"([A-Z_]+)"/.exec(head)?.[1] ?? '?';
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
    if (head.includes('"retryAfterMs":')) this.timed += 1;
  }
}

export function callFrame(id: number, method: string, path: string, input: unknown = {}): object {
  return { id, jsonrpc: '2.0', method, params: { path, input } };
}
