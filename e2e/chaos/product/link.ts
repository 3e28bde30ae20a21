import { connect, type Socket } from 'node:net';

/** How a link is broken: with a reset to both ends, or with a silence that lasts `holdMs` before the reset. */
export type Break = { readonly kind: 'reset' } | { readonly kind: 'silence'; readonly holdMs: number };

export interface LinkHost {
  /** Ports to try, in this order. */
  readonly ports: readonly number[];
  /** Added to the way of each piece, now. */
  delayMs(port: number): number;
  /** A device that is cut off gets no further than its first piece. */
  isCutOff(device: number): boolean;
}

const deviceOf = /^GET [^ ]*[?&]device=(\d+)/;
/** A broken link that nobody uses breaks by itself. */
const idleBreakMs = 1_000;

/** One TCP connection of a client and the one to the process behind it. */
export class Link {
  readonly #client: Socket;
  readonly #host: LinkHost;
  readonly #onClosed: () => void;
  #server: Socket | null = null;
  #port: number | null = null;
  /** Undefined until the first piece tells. */
  #device: number | null | undefined = undefined;
  #silent = false;
  #break: Break | null = null;
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Keeps pieces in their order while the delay changes. */
  readonly #dueAt = { toServer: 0, toClient: 0 };
  #asked = false;
  #closed = false;

  constructor(client: Socket, host: LinkHost, onClosed: () => void) {
    this.#client = client;
    this.#host = host;
    this.#onClosed = onClosed;
    client.setNoDelay(true);
    client.on('error', () => {
      this.reset();
    });
    client.on('close', () => {
      this.#close();
    });
    this.#connect(0);
  }

  /** Of the process it leads to; null until there is one. */
  get port(): number | null {
    return this.#port;
  }

  /** Whose socket it is; null for HTTP. */
  get device(): number | null {
    return this.#device ?? null;
  }

  /** An HTTP request went to the process, and no answer has begun. */
  get awaits(): boolean {
    return this.#asked && this.#device === null;
  }

  /** Breaks it in the middle of the next piece, whichever way that goes. */
  breakMidFrame(how: Break): void {
    this.#break ??= how;
    this.#later(idleBreakMs, () => {
      this.#breakNow();
    });
  }

  reset(): void {
    this.#client.resetAndDestroy();
    this.#server?.resetAndDestroy();
    this.#close();
  }

  #connect(attempt: number): void {
    const port = this.#host.ports[attempt];
    if (port === undefined || this.#closed) {
      this.reset();
      return;
    }
    const server = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#server = server;
    const refused = () => {
      this.#connect(attempt + 1);
    };
    server.once('error', refused);
    server.once('connect', () => {
      server.off('error', refused);
      this.#port = port;
      this.#join(server);
    });
  }

  #join(server: Socket): void {
    const client = this.#client;
    server.on('error', () => {
      this.reset();
    });
    server.on('close', () => {
      this.#close();
    });
    client.on('data', (piece) => {
      if (this.#admits(piece)) this.#pass(piece, { from: client, to: server });
    });
    server.on('data', (piece) => {
      this.#asked = false;
      this.#pass(piece, { from: server, to: client });
    });
    client.on('end', () => this.#atTurn('toServer', () => void server.end()));
    server.on('end', () => this.#atTurn('toClient', () => void client.end()));
    client.resume();
  }

  /** The first piece tells whose link it is. */
  #admits(piece: Buffer): boolean {
    this.#asked = true;
    if (this.#device === undefined) {
      const [, device] = deviceOf.exec(piece.toString('latin1', 0, 512)) ?? [];
      this.#device = device === undefined ? null : Number(device);
    }
    if (this.#device === null || !this.#host.isCutOff(this.#device)) return true;
    this.reset();
    return false;
  }

  #pass(piece: Buffer, { from, to }: { from: Socket; to: Socket }): void {
    if (this.#silent) return;
    if (this.#break !== null) {
      to.write(piece.subarray(0, piece.length >> 1), () => {
        this.#breakNow();
      });
      this.#silent = true;
      return;
    }
    this.#atTurn(to === this.#client ? 'toClient' : 'toServer', () => {
      if (this.#silent || to.destroyed || to.write(piece)) return;
      from.pause();
      to.once('drain', () => from.resume());
    });
  }

  #atTurn(way: 'toServer' | 'toClient', action: () => void): void {
    const delayMs = this.#port === null ? 0 : this.#host.delayMs(this.#port);
    const now = performance.now();
    if (delayMs === 0 && this.#dueAt[way] <= now) {
      action();
      return;
    }
    this.#dueAt[way] = Math.max(this.#dueAt[way], now + delayMs);
    this.#later(this.#dueAt[way] - now, action);
  }

  #breakNow(): void {
    const how = this.#break;
    if (how === null) return;
    if (how.kind === 'reset') {
      this.reset();
      return;
    }
    this.#silent = true;
    this.#later(how.holdMs, () => {
      this.reset();
    });
  }

  #later(ms: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#closed) action();
    }, ms);
    this.#timers.add(timer);
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#client.destroy();
    this.#server?.destroy();
    this.#onClosed();
  }
}
