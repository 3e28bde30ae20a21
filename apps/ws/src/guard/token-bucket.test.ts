import { expect, it } from 'vitest';
import { Budget } from './budget.ts';
import { PersonBudgets } from './person-budgets.ts';
import { TokenBucket } from './token-bucket.ts';

const rates = {
  frames: { burst: 10, perSecond: 2 },
  bytes: { burst: 100, perSecond: 10 },
  subscriptions: { burst: 4, perSecond: 1 },
};

it('a burst at once, then as much as comes back, and never more than a burst', () => {
  const bucket = new TokenBucket({ burst: 10, perSecond: 2 }, 0);
  const taken = (nowMs: number) => {
    let count = 0;
    while (bucket.take(1, nowMs)) count += 1;
    return count;
  };
  expect(taken(0)).toBe(10);
  expect(taken(499)).toBe(0);
  expect(taken(500)).toBe(1);
  expect(taken(3_500)).toBe(6);
  expect(taken(1_000_000)).toBe(10);
});

it('what is refused costs nothing', () => {
  const bucket = new TokenBucket({ burst: 10, perSecond: 2 }, 0);
  expect(bucket.take(11, 0)).toBe(false);
  expect(bucket.take(10, 0)).toBe(true);
});

it('whoever spent it all is told when half of it is there again', () => {
  const budget = new Budget(rates, 0);
  expect(budget.spend('frames', 10, 0)).toBe(0);
  expect(budget.restMs(0)).toBe(0);
  expect(budget.spend('frames', 1, 0)).toBe(2_500);
  expect(budget.restMs(1_000)).toBe(1_500);
  expect(budget.spend('bytes', 100, 1_000)).toBe(0);
  expect(budget.restMs(2_500)).toBe(0);
  expect(budget.spend('frames', 5, 2_500)).toBe(0);
});

it('a person’s budget outlives their sockets until nothing is missing in it, and no longer', () => {
  const persons = new PersonBudgets(rates);
  const first = persons.entered('ada', 0);
  expect(persons.entered('ada', 0)).toBe(first);
  first.spend('frames', 10, 0);
  persons.left('ada');
  persons.sweep(60_000);
  expect(persons.size).toBe(1);
  first.spend('frames', 10, 60_000);
  persons.left('ada');
  persons.sweep(62_000);
  expect(persons.entered('ada', 62_000)).toBe(first);
  persons.left('ada');
  persons.sweep(65_000);
  expect(persons.size).toBe(0);
});
