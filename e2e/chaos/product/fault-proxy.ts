import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { type Break, Link } from './link.ts';

/**
 * Stands before the processes of one kind, as a balancer would: a connection goes to the next one that accepts it. On
 * order it breaks connections, or makes them slow.
 */
export class FaultProxy {
  readonly #server: Server;
  readonly #ports: readonly number[];
  readonly #links = new Set<Link>();
  readonly #delays = new Map<number, number>();
  readonly #cutOff: ReadonlySet<number>;
  #next = 0;

  /** `cutOff`: devices without a network, now; several proxies may share the set. */
  private constructor(server: Server, ports: readonly number[], cutOff: ReadonlySet<number>) {
    this.#server = server;
    this.#ports = ports;
    this.#cutOff = cutOff;
  }

  static async open(ports: readonly number[], cutOff: ReadonlySet<number>): Promise<FaultProxy> {
    // What a client sends before the way on is open waits in the kernel.
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true });
    const proxy = new FaultProxy(server, ports, cutOff);
    server.on('connection', (socket) => {
      proxy.#next += 1;
      const turn = proxy.#next % ports.length;
      const link: Link = new Link(
        socket,
        {
          ports: [...ports.slice(turn), ...ports.slice(0, turn)],
          delayMs: (port) => proxy.#delays.get(port) ?? 0,
          isCutOff: (device) => cutOff.has(device),
        },
        () => proxy.#links.delete(link),
      );
      proxy.#links.add(link);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get processPorts(): readonly number[] {
    return this.#ports;
  }

  /** Which process a device's socket leads to. */
  processOf(device: number): number | null {
    return [...this.#links].find((link) => link.device === device)?.port ?? null;
  }

  /** How many HTTP requests a process was given and has not begun to answer. */
  requestsAt(port: number): number {
    return [...this.#links].filter((link) => link.port === port && link.awaits).length;
  }

  /** Every open connection, for faults to pick from. */
  get links(): readonly Link[] {
    return [...this.#links].filter(({ port }) => port !== null);
  }

  delay(port: number, ms: number): void {
    this.#delays.set(port, ms);
  }

  /** Those of the shared set whose network goes away now. */
  breakCutOff(how: Break): void {
    for (const link of this.#links) {
      if (link.device !== null && this.#cutOff.has(link.device)) link.breakMidFrame(how);
    }
  }

  close(): void {
    this.#server.close();
    for (const link of this.#links) link.reset();
  }
}
