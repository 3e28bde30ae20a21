import { spawnSync } from 'node:child_process';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { open } from 'lmdb';
import { Long, MongoClient } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { startStore } from '../src/index.ts';
import { encodeDocument } from '../src/bson/encode.ts';
import { docOf } from '../src/bson/value.ts';
import { metaKey } from '../src/storage/environment.ts';
import { startStoreProcess } from './durability/start-store-process.ts';
import { refusal, temporaryDirectory, World } from './world.ts';

describe('storage', () => {
  it('has documents, indexes and counts again after a restart', async () => {
    const world = await World.open();
    const things = world.collection();
    await things.createIndex({ n: 1 }, { unique: true, name: 'n' }, {});
    await things.insertMany([{ n: 1 }, { n: 2, tags: ['x', 'y'] }]);
    await world.stop();
    await using again = await World.open({ dataDir: world.dataDir });
    expect(await again.collection().estimatedDocumentCount()).toBe(2);
    expect(await again.collection().findOne({ n: 2 }, { projection: { _id: 0 } })).toEqual({
      n: 2,
      tags: ['x', 'y'],
    });
    expect(await refusal(again.collection().insertOne({ n: 1 }))).toMatchObject({ code: 11000 });
  });

  it('takes over the lock of a dead process and refuses a living one by its pid', async () => {
    await using world = await World.open();
    const error = await refusal(startStore({ dataDir: world.dataDir }));
    expect(error).toMatchObject({ code: 'DATA_LOCKED', detail: { pid: process.pid } });
    const dataDir = temporaryDirectory();
    const dead = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(join(dataDir, 'store.lock'), JSON.stringify({ pid: dead.pid, startTicks: '1' }));
    const store = await startStore({ dataDir });
    await store.close();
    rmSync(dataDir, { recursive: true });
  });

  it('keeps its data in a directory of any name', async () => {
    const parent = temporaryDirectory();
    const dataDir = join(parent, 'chat.data');
    const world = await World.open({ dataDir });
    await world.collection().insertOne({ a: 1 });
    await world.stop();
    expect(statSync(join(dataDir, 'data.mdb')).isFile()).toBe(true);
    rmSync(parent, { recursive: true });
  });

  it('refuses a format that it does not know', async () => {
    const dataDir = temporaryDirectory();
    const env = open<Buffer, Buffer>({ path: dataDir, encoding: 'binary', keyEncoding: 'binary', maxDbs: 1 });
    env.putSync(metaKey('format'), encodeDocument(docOf({ version: 99 })));
    await env.close();
    expect(await refusal(startStore({ dataDir }))).toMatchObject({ code: 'FORMAT_UNKNOWN' });
    rmSync(dataDir, { recursive: true });
  });

  it('ends with 0 on SIGTERM and answers again on the same data', async () => {
    const dataDir = temporaryDirectory();
    const first = await startStoreProcess(dataDir);
    const client = await new MongoClient(first.uri).connect();
    await client.db('test').collection('things').insertOne({ a: 1 });
    await client.close();
    expect(await first.stop()).toBe(0);
    const second = await startStoreProcess(dataDir);
    const again = await new MongoClient(second.uri).connect();
    expect(await again.db('test').collection('things').countDocuments({ a: 1 })).toBe(1);
    await again.close();
    await second.stop();
    rmSync(dataDir, { recursive: true });
  });

  it('refuses writes on a full disk with 14031, reads on, and writes again when there is room', async () => {
    const dataDir = temporaryDirectory();
    const store = await startStoreProcess(dataDir, { fileKiBMax: 12_000 });
    const client = await new MongoClient(store.uri).connect();
    const things = client.db('test').collection<{ _id: number; text: string }>('things');
    const batch = (from: number) =>
      Array.from({ length: 100 }, (_, i) => ({ _id: from + i, text: 'x'.repeat(1_000) }));
    let stored = 0;
    const error = await refusal(
      (async () => {
        for (; stored < 100_000; stored += 100) await things.insertMany(batch(stored));
      })(),
    );
    expect(error).toMatchObject({ code: 14031 });
    expect(await things.estimatedDocumentCount()).toBe(stored);
    expect(await things.countDocuments({ text: /^x/ })).toBe(stored);
    await things.deleteMany({ _id: { $lt: stored / 2 } });
    await things.insertMany(batch(stored));
    expect(await client.db('test').command({ validate: 'things' })).toMatchObject({
      valid: true,
      nrecords: stored / 2 + 100,
    });
    await client.close();
    await store.stop();
    rmSync(dataDir, { recursive: true });
  });

  it('gives the space of dropped collections back at the next start', async () => {
    const world = await World.open();
    const bulk = world.collection<{ _id: number; text: string }>('bulk');
    for (let from = 0; from < 100_000; from += 1_000) {
      await bulk.insertMany(
        Array.from({ length: 1_000 }, (_, i) => ({ _id: from + i, text: 'x'.repeat(900) })),
      );
    }
    await world.collection('kept').insertOne({ a: 1 });
    await bulk.drop();
    await world.stop();
    const before = statSync(join(world.dataDir, 'data.mdb')).size;
    const between = await World.open({ dataDir: world.dataDir });
    // Garbage that was not removed before the stop is removed now.
    await expect
      .poll(async () => Number((await between.client.db('admin').command({ serverStatus: 1 }))['garbage']), {
        timeout: 30_000,
      })
      .toBe(0);
    await between.stop();
    await using again = await World.open({ dataDir: world.dataDir });
    expect(statSync(join(world.dataDir, 'data.mdb')).size).toBeLessThan(before / 4);
    expect(await again.collection('kept').countDocuments({})).toBe(1);
  });

  it('reads a database at one moment while writes go on', async () => {
    await using world = await World.open();
    const things = world.collection<{ _id: number; n: number }>();
    await things.insertMany(Array.from({ length: 1_000 }, (_, _id) => ({ _id, n: 0 })));
    const cursor = world.client.db('test').runCursorCommand({ snapshotDatabase: 1, batchSize: 10 });
    await cursor.next();
    await things.updateMany({}, { $set: { n: 1 } });
    await things.insertOne({ _id: 5_000, n: 1 });
    const documents = await cursor.toArray();
    expect(documents).toHaveLength(1_000);
    expect(documents.every(({ document }) => (document as { n: number }).n === 0)).toBe(true);
    expect(await things.countDocuments({ n: 1 })).toBe(1_001);
  });

  it('lets documents of a TTL index go, and no others', async () => {
    await using world = await World.open({ ttlIntervalMs: 20 });
    const things = world.collection();
    await things.createIndex({ at: 1 }, { expireAfterSeconds: 60 }, {});
    await things.insertMany([{ at: new Date(0) }, { at: new Date(Date.now() + 60_000) }, { at: 'text' }, {}]);
    await expect.poll(() => things.countDocuments({ at: new Date(0) })).toBe(0);
    expect(await things.countDocuments({})).toBe(3);
  });

  it('closes the connection of a bad frame and no other', async () => {
    await using world = await World.open();
    const { connect } = await import('node:net');
    const socket = connect(world.store.port, '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(Buffer.from('ffffff7f00000000000000000000000000', 'hex'));
    await closed;
    expect(await world.client.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  it('builds an index behind writers and drops it again when a duplicate turns up', async () => {
    await using world = await World.open();
    const things = world.collection<{ _id: number; n: number }>();
    await things.insertMany(Array.from({ length: 3_000 }, (_, _id) => ({ _id, n: _id })));
    const build = things.createIndex({ n: 1 }, { unique: true }, {});
    for (let i = 3_000; i < 3_050; i++) await things.insertOne({ _id: i, n: i });
    await build;
    expect(await world.client.db('test').command({ validate: 'things' })).toMatchObject({
      valid: true,
      keysPerIndex: { n_1: 3_050 },
    });
    await things.dropIndex('n_1');
    await things.updateOne({ _id: 2_999 }, { $set: { n: 5 } });
    expect(await refusal(things.createIndex({ n: 1 }, { unique: true }, {}))).toMatchObject({ code: 11000 });
    expect(await things.indexes()).toHaveLength(1);
  });

  it('answers others while a long scan, sort and group run', async () => {
    await using world = await World.open();
    const things = world.collection<{ _id: number; n: number }>();
    for (let from = 0; from < 30_000; from += 1_000) {
      await things.insertMany(
        Array.from({ length: 1_000 }, (_, i) => ({ _id: from + i, n: (from + i) % 97 })),
      );
    }
    const long = [
      things.find({ n: -1 }).toArray(),
      things.find({}).sort({ n: 1 }).limit(5).toArray(),
      things.aggregate([{ $group: { _id: '$n', c: { $sum: 1 } } }]).toArray(),
    ];
    let answered = 0;
    const progress = { running: true };
    const all = Promise.all(long).finally(() => {
      progress.running = false;
    });
    while (progress.running) {
      await world.client.db('admin').command({ ping: 1 });
      answered++;
    }
    await all;
    // A server that answers only between whole queries would manage three.
    expect(answered).toBeGreaterThan(3);
  });

  it('refuses what would not fit its memory with 292', async () => {
    await using world = await World.open();
    const things = world.collection<{ _id: number; text: string; n: number }>();
    for (let from = 0; from < 40; from++)
      await things.insertOne({ _id: from, text: 'x'.repeat(1_000_000), n: -from });
    expect(await refusal(things.find({}).sort({ n: 1 }).toArray())).toMatchObject({ code: 292 });
    expect(
      await things
        .find({})
        .sort({ n: 1 })
        .limit(2)
        .map(({ _id }) => _id)
        .toArray(),
    ).toEqual([39, 38]);
  });

  it('counts cursors of another namespace and unknown ones as not found', async () => {
    await using world = await World.open();
    await world.collection().insertOne({ a: 1 });
    const reply = await world.client
      .db('test')
      .command({ killCursors: 'things', cursors: [Long.fromNumber(7)] });
    expect((reply['cursorsNotFound'] as unknown[]).map(String)).toEqual(['7']);
  });
});
