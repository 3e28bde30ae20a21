import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

const turnMs = 250;

/** A line to a port that lets through what the server sends only at a pace: bytes a second, 0, or all of it. */
export class Throttle {
  readonly #server: Server;
  readonly #links = new Set<{ readonly client: Socket; readonly server: Socket }>();
  readonly #timer: NodeJS.Timeout;
  readonly #target: number;
  #bytesPerSecond: number;
  #turnedAt = performance.now();

  private constructor(server: Server, target: number, bytesPerSecond: number) {
    this.#target = target;
    this.#server = server;
    this.#bytesPerSecond = bytesPerSecond;
    this.#timer = setInterval(() => {
      this.#turn();
    }, turnMs);
  }

  static async open(port: number, bytesPerSecond: number): Promise<Throttle> {
    const listener = createServer();
    const throttle = new Throttle(listener, port, bytesPerSecond);
    listener.on('connection', (client) => {
      throttle.#link(client, connect({ port, host: '127.0.0.1' }));
    });
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return throttle;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Its connections to the server. */
  get pairs(): { readonly client: number; readonly server: number }[] {
    return [...this.#links].map(({ server }) => ({ client: server.localPort ?? 0, server: this.#target }));
  }

  /** Infinity: as fast as it comes. */
  set bytesPerSecond(value: number) {
    this.#bytesPerSecond = value;
    this.#turn();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#server.close();
    for (const { client, server } of this.#links) {
      client.destroy();
      server.destroy();
    }
  }

  #link(client: Socket, server: Socket): void {
    const link = { client, server };
    this.#links.add(link);
    client.pipe(server, { end: false });
    // Without a listener for data, it is read only when `read` is called.
    server.on('readable', () => {
      if (this.#bytesPerSecond === Infinity) this.#pass(link, Infinity);
    });
    const end = () => {
      this.#links.delete(link);
      client.destroy();
      server.destroy();
    };
    server.on('error', end).on('close', end).on('end', end);
    client.on('error', end).on('close', end);
  }

  /** By the time that has passed: a turn that comes late lets through what it owes. */
  #turn(): void {
    const now = performance.now();
    const seconds = (now - this.#turnedAt) / 1_000;
    this.#turnedAt = now;
    const bytes = this.#bytesPerSecond === Infinity ? Infinity : Math.floor(this.#bytesPerSecond * seconds);
    for (const link of this.#links) this.#pass(link, bytes);
  }

  #pass({ client, server }: { readonly client: Socket; readonly server: Socket }, bytes: number): void {
    if (bytes === 0) return;
    const take = Math.min(bytes, server.readableLength);
    const piece = take === 0 ? null : (server.read(take) as Buffer | null);
    if (piece !== null) client.write(piece);
    if (bytes === Infinity && server.readableLength > 0) this.#pass({ client, server }, bytes);
  }
}
