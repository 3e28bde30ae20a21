import { freePort } from '@confab/launcher';
import { join } from 'node:path';
import { enter, password, type User } from '../../chaos/clients/user.ts';
import { Product, type ServiceName } from '../../chaos/product/product.ts';
import { inspectable, openInspectors, type Inspectable } from '../../processes/observed.ts';
import { hasProc, readCpuSeconds } from '../../processes/process-state.ts';
import { type Answer, type Call, httpCall } from '../wire/http-call.ts';
import { AttackSocket, type AttackSocketOptions } from '../wire/attack-socket.ts';
import { buildTown, type Town } from './town.ts';

export type Door = 'web' | 'ws' | 'ws-2';
export type Size = 'short' | 'long';

interface StageOptions {
  /** Holds the product's data and its log. */
  readonly dir: string;
  readonly size: Size;
}

/** The running product, the people on it, and what an attack may ask of both. */
export class Stage {
  readonly size: Size;
  readonly product: Product;
  readonly origin: string;
  readonly dir: string;
  readonly inspectors: readonly Inspectable[];
  readonly #ports: Readonly<Record<Door, number>>;
  /** Every answer over HTTP, by status. */
  readonly statuses = new Map<number, number>();
  /** What an attack wants to be read beside its checks. */
  readonly notes: string[] = [];
  #people = 0;
  #addresses = 0;
  #town: Promise<Town> | null = null;

  private constructor(
    options: StageOptions,
    product: Product,
    rest: Pick<Stage, 'inspectors'> & { ports: Record<Door, number> },
  ) {
    this.size = options.size;
    this.dir = options.dir;
    this.product = product;
    this.inspectors = rest.inspectors;
    this.#ports = rest.ports;
    this.origin = `http://localhost:${rest.ports.web}`;
  }

  /** The production build on free ports with two ws processes, its clients' addresses in X-Forwarded-For. */
  static async open(options: StageOptions): Promise<Stage> {
    const ports = { web: await freePort(), ws: await freePort(), 'ws-2': await freePort() };
    const logFile = join(options.dir, 'product.log');
    const product = await Product.start({
      dataDir: join(options.dir, 'data'),
      logFile,
      ports: { web: ports.web, ws: ports.ws },
      more: { ws: [ports['ws-2']] },
      env: { ...(hasProc && inspectable), TRUSTED_PROXIES: '127.0.0.1,::1' },
    });
    try {
      return new Stage(options, product, {
        ports,
        inspectors: hasProc ? await openInspectors(product, logFile) : [],
      });
    } catch (error) {
      await product.stop();
      throw error;
    }
  }

  pick<T>(short: T, long: T): T {
    return this.size === 'short' ? short : long;
  }

  port(door: Door): number {
    return this.#ports[door];
  }

  url(door: Door): string {
    return `ws://localhost:${this.#ports[door]}/ws`;
  }

  /** One that nobody has yet, in a /24 of its own. */
  address(): string {
    this.#addresses += 1;
    return `10.${64 + (this.#addresses >> 16)}.${(this.#addresses >> 8) & 255}.${this.#addresses & 255}`;
  }

  /** Registers somebody new, from an address of their own. */
  join(name: string, address = this.address()): Promise<User> {
    this.#people += 1;
    const whole = `${name}-${this.#people}`;
    return enter(this.origin, address, { procedure: 'register', name: whole, email: `${whole}@example.org` });
  }

  /** So many of them, some at a time. */
  async joinAll(name: string, count: number): Promise<User[]> {
    const people: User[] = [];
    while (people.length < count)
      people.push(
        ...(await Promise.all(
          Array.from({ length: Math.min(4, count - people.length) }, () => this.join(name)),
        )),
      );
    return people;
  }

  /** The rooms and histories that make reading costly; made when first asked for. */
  town(): Promise<Town> {
    return (this.#town ??= buildTown(this));
  }

  async http(call: Call, door: Door = 'web'): Promise<Answer> {
    const answer = await httpCall(this.#ports[door], call);
    this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
    return answer;
  }

  /** A query of tRPC over HTTP. */
  query(path: string, input: unknown, headers: Readonly<Record<string, string>>): Promise<Answer> {
    return this.http({
      path: `/api/trpc/${path}${input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`}`,
      headers,
    });
  }

  /** A mutation of tRPC over HTTP; a string is sent as it is. */
  mutate(path: string, input: unknown, headers: Readonly<Record<string, string>>): Promise<Answer> {
    return this.http({
      method: 'POST',
      path: `/api/trpc/${path}`,
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof input === 'string' ? input : JSON.stringify(input),
    });
  }

  /** What a stranger's browser sends from this address. */
  from(address: string): Record<string, string> {
    return { origin: this.origin, 'x-forwarded-for': address };
  }

  /** A token for programs. @throws Error when the person is refused */
  async tokenOf(person: User): Promise<string> {
    const answer = await this.mutate(
      'auth.issueToken',
      { login: person.name, password },
      this.from(this.address()),
    );
    const token = /"token":"([^"]+)"/.exec(answer.body)?.[1];
    if (token === undefined) throw new Error(`auth.issueToken was refused: ${answer.body}`);
    return token;
  }

  /** A socket of somebody's browser; a connection that the product does not open comes back closed. */
  async socket(person: User, door: Door = 'ws', options: AttackSocketOptions = {}): Promise<AttackSocket> {
    const socket = new AttackSocket(this.url(door), { headers: { ...person.headers }, ...options });
    await socket.opened();
    return socket;
  }

  /** CPU seconds that these have used since their start. */
  cpu(...names: ServiceName[]): number {
    if (!hasProc) return 0;
    return names.reduce((sum, name) => sum + readCpuSeconds(this.product.pidOf(name) ?? 0), 0);
  }

  pids(): Readonly<Record<string, number | undefined>> {
    const names: ServiceName[] = ['redis', 'store', 'ws', 'ws-2', 'web'];
    return Object.fromEntries(names.map((name) => [name, this.product.pidOf(name)]));
  }

  note(line: string): void {
    this.notes.push(line);
  }

  async close(): Promise<void> {
    await this.product.stop();
  }
}
