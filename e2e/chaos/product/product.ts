import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { RunningService, StartProductOptions } from '@confab/launcher';
import { until } from '../pause.ts';
import { type Report, stopOrder } from './messages.ts';

export type ServiceName = RunningService['name'];

/** Longer than a web or ws process takes to drain when it is told to end. */
const leftoversMaxMs = 60_000;
const startMaxMs = 60_000;

type Options = Omit<StartProductOptions, 'mode' | 'say' | 'onLog' | 'signal'> & { readonly logFile: string };

/** The product in production mode, under its own supervisor in a process that can be killed. */
export class Product {
  readonly #options: Options;
  #supervisor: ChildProcess | null = null;
  #services: readonly RunningService[] = [];
  #started: Extract<Report, { event: 'started' }> | null = null;
  readonly #frozen = new Set<number>();

  private constructor(options: Options) {
    this.#options = options;
  }

  static async start(options: Options): Promise<Product> {
    const product = new Product(options);
    await product.#start();
    return product;
  }

  get mongodbUri(): string {
    return this.#started?.mongodbUri ?? '';
  }

  get redisUrl(): string {
    return this.#started?.redisUrl ?? '';
  }

  get ready(): boolean {
    return this.#started !== null && this.#services.every(({ answers }) => answers);
  }

  answers(name: ServiceName): boolean {
    return this.#find(name)?.answers === true;
  }

  /** Of a service, now: a restart changes it. Undefined while it does not run. */
  pidOf(name: ServiceName): number | undefined {
    return this.#find(name)?.pid;
  }

  /** Of the process that starts the services again. */
  get supervisorPid(): number | undefined {
    return this.#supervisor?.pid;
  }

  /** Sends a signal to a service itself; false when it does not run now. */
  signal(name: ServiceName, signal: 'SIGKILL' | 'SIGTERM' | 'SIGUSR1'): boolean {
    const pid = this.#find(name)?.pid;
    return pid !== undefined && sent(pid, signal);
  }

  /** Stops a service's clock, as it were: it exists, and does nothing. Returns how to let it go on. */
  freeze(name: ServiceName): (() => void) | null {
    const pid = this.#find(name)?.pid;
    if (pid === undefined || !sent(pid, 'SIGSTOP')) return null;
    this.#frozen.add(pid);
    return () => {
      this.#frozen.delete(pid);
      sent(pid, 'SIGCONT');
    };
  }

  /** Kills the supervisor -9 and starts another on the same data. Resolves to the services that outlived it. */
  async killSupervisor(): Promise<ServiceName[]> {
    const orphans = this.#services.filter(({ pid }) => pid !== undefined);
    const supervisor = this.#supervisor;
    if (supervisor === null) throw new Error('nothing was started');
    const exited = once(supervisor, 'exit');
    supervisor.kill('SIGKILL');
    await exited;
    this.#started = null;
    const living = () => orphans.filter(({ pid }) => pid !== undefined && sent(pid, 0));
    await until(() => living().length === 0, { maxMs: leftoversMaxMs });
    const outlived = living().map(({ name }) => name);
    for (const { pid } of living()) if (pid !== undefined) sent(pid, 'SIGKILL');
    await this.#start();
    return outlived;
  }

  async stop(): Promise<void> {
    for (const pid of this.#frozen) sent(pid, 'SIGCONT');
    const supervisor = this.#supervisor;
    if (supervisor === null || hasEnded(supervisor)) return;
    const exited = once(supervisor, 'exit');
    supervisor.send(stopOrder);
    await exited;
  }

  async #start(): Promise<void> {
    const main = join(import.meta.dirname, 'supervise.ts');
    const options: StartProductOptions = { mode: 'production', ...this.#options };
    const supervisor = fork(main, [JSON.stringify(options)]);
    this.#supervisor = supervisor;
    supervisor.on('message', (report: Report) => {
      this.#services = report.services;
      if (report.event === 'started') this.#started = report;
    });
    const isOver = () => this.#started !== null || hasEnded(supervisor);
    if (!(await until(isOver, { maxMs: startMaxMs })) || this.#started === null) {
      supervisor.kill('SIGTERM');
      throw new Error(`the product did not start; see ${this.#options.logFile}`);
    }
  }

  #find(name: ServiceName): RunningService | undefined {
    return this.#services.find((service) => service.name === name);
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** Signal 0 only asks whether the process exists. */
function sent(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}
