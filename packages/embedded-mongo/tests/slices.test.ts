import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Pace, stepsPerSlice } from '../src/query/pace.ts';
import { Scan } from '../src/query/scan.ts';
import { World } from './world.ts';

const count = 5_000;
const large = 'x'.repeat(100_000);

let world: World;

beforeAll(async () => {
  world = await World.open();
  const things = world.collection('things');
  for (let from = 0; from < count; from += 1_000) {
    const docs = Array.from({ length: 1_000 }, (_, i) => ({
      n: (from + i) % 97,
      list: [1, 2],
      text: `t${i}`,
    }));
    await things.insertMany(docs);
  }
  await world.collection('large').insertMany(Array.from({ length: 60 }, (_, n) => ({ n, large })));
});

afterAll(() => world[Symbol.asyncDispose]());
afterEach(() => vi.restoreAllMocks());

/** While `work` runs in this process: turns of the event loop, and the most that was examined within one. */
async function measured(work: () => Promise<unknown>): Promise<{ turns: number; mostInOneTurn: number }> {
  const seen = { turns: 0, mostInOneTurn: 0, inThisTurn: 0, running: true };
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the scan it was called on
  const step = Scan.prototype.step;
  vi.spyOn(Scan.prototype, 'step').mockImplementation(function (this: Scan) {
    const hit = step.call(this);
    seen.inThisTurn += this.cost;
    seen.mostInOneTurn = Math.max(seen.mostInOneTurn, seen.inThisTurn);
    return hit;
  });
  const turn = (): void => {
    seen.turns++;
    seen.inThisTurn = 0;
    if (seen.running) setImmediate(turn);
  };
  turn();
  await work();
  seen.running = false;
  return seen;
}

const things = () => world.collection('things');

/** A write may examine so much in its first transaction before it leaves it for a search outside. */
const transaction = 2_000 + stepsPerSlice;

const work: [name: string, most: number, run: () => Promise<unknown>][] = [
  ['a scan', stepsPerSlice, () => things().find({ n: -1 }).toArray()],
  ['a count', stepsPerSlice, () => things().countDocuments({ text: 'none' })],
  ['a sort of everything', stepsPerSlice, () => things().find().sort({ n: 1 }).toArray()],
  ['the first of a sort', stepsPerSlice, () => things().find().sort({ n: 1 }).limit(5).toArray()],
  [
    'a group',
    stepsPerSlice,
    () =>
      things()
        .aggregate([{ $group: { _id: '$text' } }])
        .toArray(),
  ],
  [
    'a pipeline',
    stepsPerSlice,
    () =>
      things()
        .aggregate([{ $unwind: '$list' }, { $sort: { text: 1 } }, { $skip: 9_000 }])
        .toArray(),
  ],
  ['the distinct values', stepsPerSlice, () => things().distinct('text', { n: { $gte: 0 } })],
  ['an update of everything', transaction, () => things().updateMany({}, { $set: { touched: true } })],
  [
    'a search for one to change',
    transaction,
    () => things().findOneAndUpdate({ text: 'none' }, { $set: { touched: false } }),
  ],
  ['an index build', stepsPerSlice, () => things().createIndex({ list: 1 }, {}, {})],
];

describe('a long piece of work', () => {
  it.each(work)(
    'examines no more than a slice in one turn of the event loop: %s',
    async (_name, most, run) => {
      const { turns, mostInOneTurn } = await measured(run);
      expect(mostInOneTurn).toBeLessThanOrEqual(most + 2);
      expect(turns).toBeGreaterThanOrEqual((count - transaction) / 250);
    },
  );

  it('counts a large document as many small ones', async () => {
    const { turns } = await measured(() => world.collection('large').countDocuments({ n: -1 }));
    expect(turns).toBeGreaterThan((60 * large.length) / 4_096 / (2 * stepsPerSlice));
  });

  it('would hold everybody up without rests: the control', async () => {
    vi.spyOn(Pace.prototype, 'step').mockReturnValue(false);
    const { mostInOneTurn } = await measured(() => things().countDocuments({ text: 'none' }));
    expect(mostInOneTurn).toBeGreaterThan(count);
  });
});
