import { expect, test } from 'vitest';
import { View } from './view.ts';

test('a view is current at once, computes once for a burst, and tells only of a change', async () => {
  let state = 1;
  let computed = 0;
  let told = 0;
  const view = new View(() => {
    computed += 1;
    return Math.floor(state / 10);
  });
  const unsubscribe = view.subscribe(() => (told += 1));
  for (state = 2; state < 9; state += 1) view.invalidate();
  await Promise.resolve();
  expect([view.get(), computed, told]).toEqual([0, 2, 0]);
  state = 10;
  view.invalidate();
  expect([view.get(), told]).toEqual([1, 0]);
  await Promise.resolve();
  expect(told).toBe(1);
  unsubscribe();
  state = 20;
  view.invalidate();
  await Promise.resolve();
  expect([view.get(), told]).toEqual([2, 1]);
});
