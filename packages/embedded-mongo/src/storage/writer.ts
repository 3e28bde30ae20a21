import { StoreError } from '../errors/store-error.ts';
import type { Env } from './environment.ts';

/** After this long a running transaction takes no further job: what waits behind it stays responsive. */
const batchMsMax = 15;

interface Job {
  readonly run: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

/**
 * Group commit: the jobs that wait together run in one lmdb transaction and one fsync, and each is answered after
 * it. A job must check before its first put: a StoreError it throws leaves what it already wrote. Any other error
 * aborts the transaction, and its jobs run again one by one, so that only the broken one fails.
 */
export class Writer {
  readonly #env: Env;
  readonly #beforeCommit: () => void;
  readonly #afterAbort: () => void;
  #queue: Job[] = [];
  #scheduled = false;
  #closed = false;

  /** `beforeCommit` runs inside each transaction; `afterAbort` must drop in-memory state that ran ahead of disk. */
  constructor(env: Env, hooks: { beforeCommit: () => void; afterAbort: () => void }) {
    this.#env = env;
    this.#beforeCommit = hooks.beforeCommit;
    this.#afterAbort = hooks.afterAbort;
  }

  /** Runs `job` in a write transaction; resolves with its result once that is on disk. */
  run<T>(job: () => T): Promise<T> {
    if (this.#closed)
      return Promise.reject(new StoreError('InterruptedAtShutdown', 'the server is shutting down'));
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ run: job, resolve: (value) => resolve(value as T), reject });
      this.#schedule();
    });
  }

  /** Refuses new jobs and commits those that wait. */
  close(): void {
    while (this.#queue.length > 0) this.#flush();
    this.#closed = true;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#flush();
      if (this.#queue.length > 0) this.#schedule();
    });
  }

  #flush(): void {
    const jobs = this.#queue;
    this.#queue = [];
    const outcomes = this.#attempt(jobs);
    if (outcomes === undefined) {
      for (const job of jobs) settle(job, this.#attemptAlone(job));
      return;
    }
    outcomes.forEach((outcome, i) => {
      const job = jobs[i];
      if (job !== undefined) settle(job, outcome);
    });
    this.#queue = [...jobs.slice(outcomes.length), ...this.#queue];
  }

  /** One transaction over as many jobs as fit the time; undefined when it had to be aborted. */
  #attempt(jobs: readonly Job[]): Outcome[] | undefined {
    const outcomes: Outcome[] = [];
    const started = performance.now();
    try {
      this.#env.transactionSync(() => {
        for (const job of jobs) {
          outcomes.push(runChecked(job));
          if (performance.now() - started > batchMsMax) break;
        }
        this.#beforeCommit();
      });
      return outcomes;
    } catch {
      this.#afterAbort();
      return undefined;
    }
  }

  #attemptAlone(job: Job): Outcome {
    try {
      return this.#env.transactionSync(() => {
        const outcome = runChecked(job);
        this.#beforeCommit();
        return outcome;
      });
    } catch (error) {
      this.#afterAbort();
      return { error: storageError(error) };
    }
  }
}

function runChecked(job: Job): Outcome {
  try {
    return { value: job.run() };
  } catch (error) {
    if (error instanceof StoreError) return { error };
    throw error;
  }
}

function settle(job: Job, outcome: Outcome): void {
  if ('error' in outcome) job.reject(outcome.error);
  else job.resolve(outcome.value);
}

/** A full disk, in MongoDB's words (lmdb calls a short write an I/O error); anything else stays as it is. */
function storageError(error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  const full =
    /MDB_MAP_FULL|mapsize|no space left|ENOSPC|disk quota|EDQUOT|file too large|EFBIG|input\/output error|EIO/i.test(
      message,
    );
  if (!full) return error;
  return new StoreError('OutOfDiskSpace', `the write was refused, the disk is full or failing: ${message}`);
}
