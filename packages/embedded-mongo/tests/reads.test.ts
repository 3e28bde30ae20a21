import { Decimal128, Double, Long, ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { refusal, World } from './world.ts';

interface Stats {
  executionStats: { nReturned: number; totalKeysExamined: number; totalDocsExamined: number };
  queryPlanner: { winningPlan: unknown };
}

async function timeline(world: World, count: number) {
  const things = world.collection<{ _id: number; [field: string]: unknown }>('timeline');
  await things.createIndex({ conv: 1, kind: 1, rev: 1 }, { name: 'page' }, {});
  const docs = Array.from({ length: count }, (_, i) => ({
    _id: i,
    conv: i % 4,
    kind: i % 3 === 0 ? 'edit' : 'message',
    rev: i,
    text: `t${i}`,
  }));
  await things.insertMany(docs);
  return things;
}

describe('reads', () => {
  it.each([400, 4_000])('examines exactly what a page returns, of %i documents', async (count) => {
    await using world = await World.open();
    const things = await timeline(world, count);
    const page = things
      .find({ conv: 1, kind: 'message', rev: { $lt: count - 10 } })
      .sort({ rev: -1 })
      .limit(50);
    const { executionStats, queryPlanner } = (await page
      .clone()
      .explain('executionStats')) as unknown as Stats;
    expect(executionStats).toMatchObject({ nReturned: 50, totalKeysExamined: 50, totalDocsExamined: 50 });
    expect(JSON.stringify(queryPlanner.winningPlan)).toContain('"indexName":"page"');
    const found = await page.toArray();
    expect(found.map((doc) => doc['rev'])).toEqual(
      [...found.map((doc) => Number(doc['rev']))].sort((a, b) => b - a),
    );
  });

  it.each([1, -1] as const)(
    'leaves out both ends of an open range of a unique index, in direction %i',
    async (direction) => {
      await using world = await World.open();
      const things = world.collection<{ _id: number; conv: string; rev: number }>();
      await things.createIndex({ conv: 1, rev: 1 }, { unique: true }, {});
      await things.insertMany([1, 2, 3, 4, 5].map((rev) => ({ _id: rev, conv: 'c', rev })));
      const revs = async (rev: object) =>
        (await things.find({ conv: 'c', rev }).sort({ rev: direction }).toArray())
          .map((doc) => doc.rev)
          .sort();
      expect(await revs({ $gt: 2, $lt: 5 })).toEqual([3, 4]);
      expect(await revs({ $gte: 2, $lte: 5 })).toEqual([2, 3, 4, 5]);
      const ids = await things
        .find({ _id: { $gt: 1, $lt: 3 } })
        .sort({ _id: direction })
        .toArray();
      expect(ids.map((doc) => doc._id)).toEqual([2]);
    },
  );

  it('examines everything where no index helps: the control', async () => {
    await using world = await World.open();
    const things = await timeline(world, 400);
    const explained = (await things.find({ text: 't7' }).explain('executionStats')) as unknown as Stats;
    expect(explained.executionStats).toMatchObject({ nReturned: 1, totalDocsExamined: 400 });
    expect(JSON.stringify(explained.queryPlanner.winningPlan)).toContain('COLLSCAN');
  });

  it('counts from index keys without reading documents', async () => {
    await using world = await World.open();
    const things = await timeline(world, 400);
    const explained = (await world.client.db('test').command({
      explain: { count: 'timeline', query: { conv: 1, kind: 'edit' } },
      verbosity: 'executionStats',
    })) as unknown as Stats;
    expect(explained.executionStats.totalDocsExamined).toBe(0);
    expect(await things.countDocuments({ conv: 1, kind: 'edit' })).toBe(explained.executionStats.nReturned);
  });

  it('hands a long result over in batches and forgets a closed cursor', async () => {
    await using world = await World.open();
    const things = await timeline(world, 1_000);
    const cursor = things.find({}).sort({ _id: 1 }).batchSize(7);
    const first = await cursor.next();
    await things.insertOne({ _id: 5_000, conv: 0, kind: 'message', rev: 5_000 });
    const rest = await cursor.toArray();
    expect([first, ...rest]).toHaveLength(1_001);
    const { cursor: opened } = (await world.client
      .db('test')
      .command({ find: 'timeline', batchSize: 2 })) as { cursor: { id: Long | number } };
    await world.client.db('test').command({ killCursors: 'timeline', cursors: [Long.fromValue(opened.id)] });
    const error = await refusal(
      world.client.db('test').command({ getMore: Long.fromValue(opened.id), collection: 'timeline' }),
    );
    expect(error['code']).toBe(43);
  });

  it('compares across numeric types and brackets by type', async () => {
    await using world = await World.open();
    for (const indexed of [false, true]) {
      const things = world.collection<{ _id: number; v?: unknown }>(`mixed${indexed}`);
      if (indexed) await things.createIndex({ v: 1 }, {}, {});
      await things.insertMany([
        { _id: 1, v: 1 },
        { _id: 2, v: Long.fromString('9007199254740993') },
        { _id: 3, v: new Double(9007199254740992) },
        { _id: 4, v: Decimal128.fromString('0.1') },
        { _id: 5, v: new Double(0.1) },
        { _id: 6, v: 'text' },
        { _id: 7, v: null },
        { _id: 8 },
        { _id: 9, v: [3, 'z'] },
        { _id: 10, v: new ObjectId() },
        { _id: 11, v: new Date(5) },
      ]);
      const ids = async (filter: object): Promise<number[]> =>
        (await things.find(filter).sort({ _id: 1 }).toArray()).map((doc) => doc._id);
      expect(await ids({ v: { $gt: Long.fromString('9007199254740992') } })).toEqual([2]);
      expect(await ids({ v: Decimal128.fromString('0.1') })).toEqual([4]);
      expect(await ids({ v: { $lt: Decimal128.fromString('0.1000000000000000000001') } })).toEqual([4]);
      expect(await ids({ v: { $gte: null } })).toEqual([7, 8]);
      expect(await ids({ v: 'z' })).toEqual([9]);
      expect(await ids({ v: { $gte: 1, $lt: 4 } })).toEqual([1, 9]);
      expect(await ids({ v: { $type: 'objectId' } })).toEqual([10]);
      expect(await ids({ v: { $ne: null } })).toEqual([1, 2, 3, 4, 5, 6, 9, 10, 11]);
      const order = await things.find({}).sort({ v: 1, _id: 1 }).toArray();
      expect(order.map((doc) => doc._id)).toEqual([7, 8, 4, 5, 1, 9, 3, 2, 6, 10, 11]);
    }
  });

  it('tests the elements of an array by $elemMatch, and not what is inside an array among them', async () => {
    await using world = await World.open();
    const things = world.collection<{ _id: number; a: unknown[] }>();
    await things.insertMany([
      { _id: 1, a: [1] },
      { _id: 2, a: [[1]] },
    ]);
    const ids = async (a: object): Promise<number[]> =>
      (await things.find({ a }).toArray()).map((doc) => doc._id);
    expect(await ids({ $elemMatch: { $type: 'int' } })).toEqual([1]);
    expect(await ids({ $elemMatch: { $gt: 0 } })).toEqual([1]);
    expect(await ids({ $elemMatch: { $not: { $gt: 0 } } })).toEqual([2]);
    expect(await ids({ $elemMatch: { $eq: [1] } })).toEqual([2]);
    expect(await ids({ $elemMatch: { $elemMatch: { $gt: 0 } } })).toEqual([2]);
    expect(await ids({ $elemMatch: { $size: 1 } })).toEqual([2]);
  });

  it('refuses a hint to a partial index that lacks what may match, and takes one that holds it', async () => {
    await using world = await World.open();
    const things = world.collection<{ _id: number; n: number }>();
    await things.createIndex({ n: 1 }, { name: 'some', partialFilterExpression: { n: { $gt: 5 } } }, {});
    await things.insertMany([1, 6, 9].map((n) => ({ _id: n, n })));
    expect(await refusal(things.find({}).hint('some').toArray())).toMatchObject({ code: 291 });
    expect(
      await things
        .find({ n: { $gt: 6 } })
        .hint('some')
        .toArray(),
    ).toEqual([{ _id: 9, n: 9 }]);
  });

  it('groups, joins and counts', async () => {
    await using world = await World.open();
    const things = await timeline(world, 40);
    const people = world.collection<{ _id: number; name: string }>('people');
    await people.insertMany([0, 1, 2, 3].map((_id) => ({ _id, name: `p${_id}` })));
    const found = await things
      .aggregate([
        { $match: { kind: 'message' } },
        { $group: { _id: '$conv', n: { $sum: 1 }, last: { $max: '$rev' } } },
        { $lookup: { from: 'people', localField: '_id', foreignField: '_id', as: 'who' } },
        { $unwind: '$who' },
        { $project: { name: '$who.name', n: 1, last: 1 } },
        { $sort: { _id: 1 } },
        { $limit: 2 },
      ])
      .toArray();
    expect(found).toEqual([
      { _id: 0, n: 6, last: 32, name: 'p0' },
      { _id: 1, n: 7, last: 37, name: 'p1' },
    ]);
  });

  it('stops a page over several kinds early, by the index that has the order', async () => {
    await using world = await World.open();
    const things = await timeline(world, 400);
    await things.createIndex({ conv: 1, rev: 1 }, { name: 'order' }, {});
    const page = things
      .find({ conv: 1, kind: { $in: ['message', 'edit'] } })
      .sort({ rev: -1 })
      .limit(5);
    const { executionStats } = (await page.explain('executionStats')) as unknown as Stats;
    expect(executionStats).toMatchObject({ nReturned: 5, totalDocsExamined: 5 });
  });
});
