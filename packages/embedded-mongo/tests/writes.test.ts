import { Binary, Decimal128, Double, Int32, Long, MongoBulkWriteError, ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { refusal, World } from './world.ts';

describe('writes', () => {
  it('lets exactly one of many concurrent writers have a unique key', async () => {
    await using world = await World.open();
    const things = world.collection();
    await things.createIndex({ room: 1, rev: 1 }, { unique: true, name: 'room_rev' }, {});
    const attempts = await Promise.allSettled(
      Array.from({ length: 32 }, (_, i) => things.insertOne({ room: 1, rev: 1, by: i })),
    );
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await things.countDocuments({})).toBe(1);
  });

  it('keeps apart what a unique index does not name: the control', async () => {
    await using world = await World.open();
    const things = world.collection();
    await things.createIndex({ room: 1, rev: 1 }, {}, {});
    await Promise.all(Array.from({ length: 8 }, (_, i) => things.insertOne({ room: 1, rev: 1, by: i })));
    expect(await things.countDocuments({ room: 1, rev: 1 })).toBe(8);
  });

  it('stops an ordered batch at a duplicate and names index, pattern and value', async () => {
    await using world = await World.open();
    const things = world.collection();
    await things.createIndex({ room: 1, rev: 1 }, { unique: true, name: 'room_rev' }, {});
    await things.insertOne({ room: 'a', rev: 3 });
    const docs = [1, 2, 3, 4].map((rev) => ({ room: 'a', rev }));
    const error = await things.insertMany(docs).catch((caught: unknown) => caught);
    if (!(error instanceof MongoBulkWriteError)) throw new Error('not refused');
    expect(error.insertedCount).toBe(2);
    expect(error.code).toBe(11000);
    const [first] = [error.writeErrors].flat() as { index: number; errmsg: string }[];
    expect(first?.index).toBe(2);
    expect(first?.errmsg).toBe(
      'E11000 duplicate key error collection: test.things index: room_rev dup key: { room: "a", rev: 3 }',
    );
    expect(/index: (\S+)/.exec(first?.errmsg ?? '')?.[1]).toBe('room_rev');
    expect(await things.distinct('rev')).toEqual([1, 2, 3]);
    const single = await refusal(things.insertOne({ room: 'a', rev: 1 }));
    expect(single).toMatchObject({
      code: 11000,
      keyPattern: { room: 1, rev: 1 },
      keyValue: { room: 'a', rev: 1 },
    });
  });

  it('goes on past duplicates when a batch is unordered', async () => {
    await using world = await World.open();
    const things = world.collection<{ _id: number }>();
    await things.insertOne({ _id: 2 });
    await refusal(things.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }], { ordered: false }));
    expect(await things.distinct('_id')).toEqual([1, 2, 3]);
  });

  it('inserts once under concurrent upserts on a unique key', async () => {
    await using world = await World.open();
    const things = world.collection();
    await things.createIndex({ name: 1 }, { unique: true }, {});
    const results = await Promise.all(
      Array.from({ length: 16 }, () =>
        things.updateOne({ name: 'ada' }, { $inc: { n: 1 }, $setOnInsert: { born: true } }, { upsert: true }),
      ),
    );
    expect(results.filter((result) => result.upsertedCount === 1)).toHaveLength(1);
    expect(await things.findOne({ name: 'ada' }, { projection: { _id: 0 } })).toEqual({
      name: 'ada',
      n: 16,
      born: true,
    });
  });

  it("stamps $currentDate with the server's clock, and refuses other types of it", async () => {
    await using world = await World.open();
    const things = world.collection<{ _id: number; at?: Date }>();
    const before = Date.now();
    await things.updateOne({ _id: 1 }, { $currentDate: { at: true } }, { upsert: true });
    const at = (await things.findOne({ _id: 1 }))?.at;
    expect(at).toBeInstanceOf(Date);
    expect(Number(at)).toBeGreaterThanOrEqual(before);
    const stamp = { $currentDate: { at: { $type: 'timestamp' as const } } };
    expect(await refusal(things.updateOne({ _id: 1 }, stamp))).toMatchObject({ code: 2 });
    expect((await things.findOne({ _id: 1 }))?.at).toEqual(at);
  });

  it('keeps every BSON type through a rewrite of another field', async () => {
    await using world = await World.open();
    const things = world.collection();
    const values = {
      int: new Int32(7),
      long: Long.fromString('7'),
      big: Long.fromString('9223372036854775807'),
      double: new Double(7),
      decimal: Decimal128.fromString('7.10'),
      date: new Date(1),
      binary: new Binary(Buffer.from([1, 2, 3]), 0),
      id: new ObjectId(),
      nested: { b: new Double(1), a: new Int32(2), '1': new Int32(3) },
    };
    await things.insertOne({ ...values });
    await things.updateOne({}, { $set: { touched: true }, $inc: { long: new Int32(1) } });
    const raw = await things.findOne({}, { promoteValues: false, projection: { _id: 0 } });
    expect(raw?.['int']).toBeInstanceOf(Int32);
    expect(raw?.['double']).toBeInstanceOf(Double);
    expect(raw?.['long']).toEqual(Long.fromNumber(8));
    expect(raw?.['big']).toEqual(values.big);
    expect(String(raw?.['decimal'])).toBe('7.10');
    expect((raw?.['nested'] as { b: unknown }).b).toBeInstanceOf(Double);
    expect(await things.countDocuments({ double: { $type: 'double' }, int: { $type: 'int' } })).toBe(1);
  });

  it('updates through operators, positions and array filters', async () => {
    await using world = await World.open();
    const things = world.collection<{ _id: number; [field: string]: unknown }>();
    await things.insertOne({
      _id: 1,
      n: 5,
      tags: ['a', 'b'],
      list: [
        { k: 1, v: 1 },
        { k: 2, v: 2 },
      ],
      name: 'x',
    });
    await things.updateOne({ _id: 1, 'list.k': 2 }, { $set: { 'list.$.v': 20 } });
    await things.updateOne({ _id: 1 }, { $set: { 'list.$[e].w': true } }, { arrayFilters: [{ 'e.k': 1 }] });
    await things.updateOne(
      { _id: 1 },
      {
        $max: { n: 9 },
        $push: { tags: { $each: ['c', 'd'], $position: 0, $slice: 3 } } as never,
        $unset: { gone: '' },
      },
    );
    await things.updateOne({ _id: 1 }, { $addToSet: { tags: 'a' }, $mul: { n: 2 } } as never);
    await things.updateOne({ _id: 1 }, { $pull: { list: { k: 2 } } as never });
    expect(await things.findOne({ _id: 1 })).toEqual({
      _id: 1,
      n: 18,
      tags: ['c', 'd', 'a'],
      list: [{ k: 1, v: 1, w: true }],
      name: 'x',
    });
  });

  it('applies an update pipeline', async () => {
    await using world = await World.open();
    const things = world.collection<{ _id: number; [field: string]: unknown }>();
    await things.insertOne({ _id: 1, a: 1, b: 2 });
    await things.updateOne({ _id: 1 }, [{ $set: { sum: { $add: ['$a', '$b'] } } }, { $unset: 'b' }]);
    await things.updateOne({ _id: 1 }, [{ $replaceWith: { was: '$sum' } }]);
    expect(await things.findOne({})).toEqual({ _id: 1, was: 3 });
  });

  it('answers unacknowledged writes with nothing and does them', async () => {
    await using world = await World.open();
    const things = world.collection();
    await things.insertOne({ a: 1 }, { writeConcern: { w: 0 } });
    await expect.poll(() => things.countDocuments({})).toBe(1);
  });

  it('counts no document twice when an update moves it ahead in the index it is found by', async () => {
    await using world = await World.open();
    const things = world.collection();
    await things.createIndex({ n: 1 }, {}, {});
    await things.insertMany(Array.from({ length: 3_000 }, (_, n) => ({ n })));
    const result = await things.updateMany({ n: { $gte: 0 } }, { $inc: { n: 10 } });
    expect(result.modifiedCount).toBe(3_000);
    expect(await things.countDocuments({ n: { $lt: 10 } })).toBe(0);
  });
});
