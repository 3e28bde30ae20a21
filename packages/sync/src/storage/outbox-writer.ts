import type { Refusal, StorageState } from '../views.ts';
import { isFull, type OutboxStep } from './sync-storage.ts';

interface Waiting {
  readonly step: OutboxStep;
  readonly resolve: (refusal: Refusal | null) => void;
}

export interface OutboxWriterHost {
  /** All steps or none. */
  write(steps: readonly OutboxStep[]): Promise<void>;
  /** Gives up what can be loaded again. */
  makeRoom(): Promise<void>;
  setState(state: StorageState): void;
  /** The storage is broken: from here on there is only memory. */
  broken(): void;
}

const full: Refusal = {
  code: 'STORAGE_FULL',
  message:
    'This device has no room left to keep the message until it is sent. Free some space and try again.',
};

/** Writes the steps of the outbox in order; those of one turn, and those that wait meanwhile, in one transaction. */
export class OutboxWriter {
  readonly #host: OutboxWriterHost;
  #waiting: Waiting[] = [];
  #running: Promise<void> | null = null;

  constructor(host: OutboxWriterHost) {
    this.#host = host;
  }

  /** Resolves when nothing waits any more. */
  get idle(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  /** Resolves once it is kept, or with why it is not. */
  write(step: OutboxStep): Promise<Refusal | null> {
    return new Promise((resolve) => {
      this.#waiting.push({ step, resolve });
      this.#running ??= this.#run();
    });
  }

  async #run(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      if (await this.#try(batch)) continue;
      // There is no room. What can be loaded again gives way to what exists nowhere else; then each for itself.
      await this.#host.makeRoom().catch(ignore);
      for (const one of batch) {
        if (!(await this.#try([one]))) this.#refuse(one);
      }
    }
    this.#running = null;
  }

  /** False when there is no room. */
  async #try(batch: readonly Waiting[]): Promise<boolean> {
    try {
      await this.#host.write(batch.map(({ step }) => step));
      if (batch.some(({ step }) => step.type === 'put')) this.#host.setState('kept');
    } catch (error) {
      if (isFull(error)) return false;
      this.#host.broken();
    }
    for (const { resolve } of batch) resolve(null);
    return true;
  }

  #refuse({ step, resolve }: Waiting): void {
    this.#host.setState('full');
    // What cannot be dropped goes out again after a reload, under its client id: nothing is doubled by it.
    resolve(step.type === 'put' ? full : null);
  }
}

/** Making room is tried for the write that follows it: that one tells how it went. */
function ignore(): void {
  return undefined;
}
