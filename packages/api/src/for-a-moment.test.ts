import { expect, it } from 'vitest';
import { forAMoment } from './for-a-moment.ts';

/** Work that says how often it was done, fails when told to, and is kept for 1,000 ms of a clock of its own. */
function aMoment() {
  let [now, done, failing] = [0, 0, false];
  const ask = forAMoment(
    async () => {
      done += 1;
      if (failing) throw new Error('no');
      return done;
    },
    { keptMs: 1_000, clock: () => now },
  );
  return { ask, pass: (ms: number) => (now += ms), fail: (is: boolean) => (failing = is) };
}

it('is done once for whoever asks within the moment, and anew afterwards', async () => {
  const { ask, pass } = aMoment();
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
  pass(999);
  expect(await ask()).toBe(1);
  pass(1);
  expect(await Promise.all([ask(), ask()])).toEqual([2, 2]);
});

it('a failure is told to whoever shares it, and kept from others', async () => {
  const { ask, fail } = aMoment();
  fail(true);
  const failures = await Promise.allSettled([ask(), ask()]);
  expect(failures.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  fail(false);
  expect(await ask()).toBe(2);
});
