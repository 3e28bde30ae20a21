import mongoose from 'mongoose';
import { expect, it } from 'vitest';
import { World } from './world.ts';

it('serves a mongoose model: indexes, validation, defaults, upserts, lean pages and duplicate keys', async () => {
  await using world = await World.open();
  const connection = await mongoose.createConnection(world.store.uri, { dbName: 'chat' }).asPromise();
  try {
    const schema = new mongoose.Schema(
      {
        conversationId: String,
        rev: Number,
        text: String,
        reactions: { type: Map, of: { rev: Number, on: Boolean } },
        at: { type: Date, default: () => new Date() },
      },
      { timestamps: true },
    );
    schema.index({ conversationId: 1, rev: 1 }, { unique: true });
    schema.index(
      { at: 1 },
      { expireAfterSeconds: 3600, partialFilterExpression: { text: { $exists: true } } },
    );
    const Message = connection.model('Message', schema);
    await Message.init();
    await Message.insertMany([1, 2, 3].map((rev) => ({ conversationId: 'c', rev, text: `t${rev}` })));
    await expect(Message.create({ conversationId: 'c', rev: 2 })).rejects.toMatchObject({ code: 11000 });
    await Message.updateOne(
      { conversationId: 'c', rev: 1 },
      { $set: { 'reactions.1f44d:ada': { rev: 4, on: true } } },
    );
    const one = await Message.findOne({ conversationId: 'c', rev: 1 });
    expect(one?.reactions?.get('1f44d:ada')).toMatchObject({ rev: 4, on: true });
    const page = await Message.find({ conversationId: 'c', rev: { $lt: 3 } })
      .sort({ rev: -1 })
      .limit(2)
      .lean();
    expect(page.map(({ rev }) => rev)).toEqual([2, 1]);
    const names = (await Message.collection.indexes()).map((index) => index['name']);
    expect(names).toEqual(['_id_', 'conversationId_1_rev_1', 'at_1']);
    expect(
      await Message.bulkWrite([
        { updateOne: { filter: { conversationId: 'c', rev: 9 }, update: { $max: { n: 1 } }, upsert: true } },
      ]),
    ).toMatchObject({ upsertedCount: 1 });
  } finally {
    await connection.close();
  }
});
