import { ConfabError } from '@confab/contract';

interface BoundedQueueOptions {
  /** So many tasks run at once. */
  readonly concurrency: number;
  /** So many may wait; the next is refused. */
  readonly queueMax: number;
  /** What one task is assumed to take, for the advice when to come back. */
  readonly taskMs: number;
}

/**
 * Runs tasks in the order in which they came. Refuses with ConfabError('UNAVAILABLE', { retryAfterMs }) what would wait
 * too long: a queue without a bound only moves a flood into memory, and answers nobody in time.
 */
export function createBoundedQueue({ concurrency, queueMax, taskMs }: BoundedQueueOptions) {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function takeTurn(): Promise<void> {
    if (running < concurrency) {
      running += 1;
      return;
    }
    if (waiting.length >= queueMax) {
      throw new ConfabError('UNAVAILABLE', {
        retryAfterMs: Math.ceil((waiting.length * taskMs) / concurrency),
      });
    }
    // Whoever finishes hands their place on, so that nobody new takes it in between.
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function endTurn(): void {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }

  return async <Result>(task: () => Promise<Result>): Promise<Result> => {
    await takeTurn();
    try {
      return await task();
    } finally {
      endTurn();
    }
  };
}
