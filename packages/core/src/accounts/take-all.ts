import type { Limiter } from '@confab/pubsub';

/** One limit, for somebody. */
export interface Budget {
  readonly limiter: Limiter;
  readonly key: string;
  readonly points?: number;
}

/**
 * Takes from all of these, in order. Where one is exhausted, the others get theirs back: what is refused uses up nothing.
 * @throws ConfabError RATE_LIMITED
 */
export async function takeAll(budgets: readonly Budget[]): Promise<void> {
  for (const [i, { limiter, key, points }] of budgets.entries()) {
    try {
      await limiter.consume(key, points);
    } catch (refusal) {
      await giveBack(budgets.slice(0, i));
      throw refusal;
    }
  }
}

export async function giveBack(budgets: readonly Budget[]): Promise<void> {
  await Promise.all(budgets.map(({ limiter, key, points }) => limiter.refund(key, points)));
}
