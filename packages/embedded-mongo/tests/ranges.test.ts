import { expect, it } from 'vitest';
import { World } from './world.ts';

const values = [0, 1, 2];
const directions = [1, -1] as const;

/** Every range over three values, with what it should find. */
const ranges: [Record<string, number>, (value: number) => boolean][] = values.flatMap((bound) => [
  [{ $lt: bound }, (value) => value < bound],
  [{ $lte: bound }, (value) => value <= bound],
  [{ $gt: bound }, (value) => value > bound],
  [{ $gte: bound }, (value) => value >= bound],
  [{ $gte: 0, $lt: bound }, (value) => value < bound],
  [{ $gt: 0, $lte: bound }, (value) => value > 0 && value <= bound],
]);

it.each(
  directions.flatMap((direction) =>
    [true, false].flatMap((unique) => directions.map((sort) => ({ direction, unique, sort }))),
  ),
)('a range ends exactly at its bounds: $direction, unique $unique, sorted $sort', async (index) => {
  await using world = await World.open();
  const collection = world.collection<{ u: number }>();
  await collection.createIndex({ u: index.direction }, { unique: index.unique }, {});
  await collection.insertMany(values.map((u) => ({ u })));
  for (const [range, holds] of ranges) {
    const found = await collection.find({ u: range }).sort({ u: index.sort }).toArray();
    const expected = values.filter(holds);
    if (index.sort === -1) expected.reverse();
    expect(
      found.map(({ u }) => u),
      JSON.stringify(range),
    ).toEqual(expected);
  }
});
