import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A TCP connection on which anything can be written. */
export class RawConnection {
  readonly socket: Socket;
  /** What came back, up to `keepMax` bytes of it. */
  received = '';
  receivedBytes = 0;
  #closed = false;

  constructor(port: number, { keepMax = 65_536 }: { readonly keepMax?: number } = {}) {
    this.socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    this.socket.on('data', (chunk: Buffer) => {
      this.receivedBytes += chunk.length;
      if (this.received.length < keepMax) this.received += chunk.toString('latin1');
    });
    this.socket.on('error', () => {
      this.#closed = true;
    });
    this.socket.on('end', () => {
      this.#closed = true;
    });
    this.socket.on('close', () => {
      this.#closed = true;
    });
  }

  /** The other side has ended it, or it is gone. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Of the first answer; 0 while there is none. */
  get status(): number {
    return Number(/^HTTP\/1\.1 (\d{3})/.exec(this.received)?.[1] ?? 0);
  }

  /** How many answers have begun. */
  get answers(): number {
    return this.received.match(/HTTP\/1\.1 \d{3} /g)?.length ?? 0;
  }

  /** Nothing more is read until `resume`: what comes waits in the kernel. */
  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  write(bytes: string | Buffer): void {
    if (this.socket.writable) this.socket.write(bytes);
  }

  /** Resolves when something came, it is over, or so much time has passed. */
  async answered(maxMs: number): Promise<void> {
    if (this.receivedBytes > 0 || this.#closed) return;
    const signal = AbortSignal.timeout(maxMs);
    const events = ['data', 'end', 'close', 'error'].map((event) => once(this.socket, event, { signal }));
    await Promise.any(events).catch(() => undefined);
    // Those that lost the race are ended by the timeout, unheard.
    for (const event of events) event.catch(() => undefined);
  }

  destroy(): void {
    this.socket.destroy();
  }
}
