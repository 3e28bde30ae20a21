import type { Connection } from '@confab/api';
import type { GuardedSocket } from './guard/guarded-socket.ts';

/** A socket as the router knows it. It is there before the socket is: by it is decided whether there will be one. */
export class SocketConnection implements Extract<Connection, { transport: 'socket' }> {
  readonly transport = 'socket';
  readonly subscriptions = new Set<AbortSignal>();
  readonly #closing = new AbortController();
  #socket: GuardedSocket | null = null;

  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  get pace(): this {
    return this;
  }

  get full(): boolean {
    return this.#socket?.full ?? false;
  }

  async drained(signal: AbortSignal): Promise<void> {
    await this.#socket?.drained(signal);
  }

  /** The client left before there was a socket. */
  left(): void {
    this.#closing.abort();
  }

  opened(socket: GuardedSocket): void {
    this.#socket = socket;
    socket.closed.addEventListener('abort', () => {
      this.#closing.abort();
    });
  }
}
