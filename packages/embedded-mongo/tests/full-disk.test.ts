import { execFileSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { expect, it, onTestFinished } from 'vitest';
import { startStoreProcess } from './durability/start-store-process.ts';
import { refusal, temporaryDirectory } from './world.ts';

const canMount = process.platform === 'linux' && process.getuid?.() === 0;
const mebibyte = 2 ** 20;

it('outlives a disk that is full, however many writes it refuses, and takes writes again', async (context) => {
  if (!canMount) context.skip('a disk of its own needs root, on Linux');
  const disk = temporaryDirectory();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=96m', 'tmpfs', disk]);
  onTestFinished(() => {
    execFileSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true });
  });
  await using store = await startStoreProcess(join(disk, 'data'));
  const client = await new MongoClient(store.uri).connect();
  onTestFinished(() => client.close());
  const things = client.db('test').collection<{ _id: number; text: string }>('things');
  const insert = (_id: number) => things.insertOne({ _id, text: 'x'.repeat(10_000) });
  await insert(0);
  await insert(1);
  const fill = join(disk, 'fill');
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(fill, Buffer.alloc(bavail * bsize - mebibyte));
  for (let i = 2; i < 300; i++) expect(await refusal(insert(i))).toMatchObject({ code: 14_031 });
  expect(await refusal(things.updateOne({ _id: 0 }, { $set: { text: '' } }))).toMatchObject({
    code: 14_031,
  });
  expect(await things.countDocuments({})).toBe(2);
  // What changes nothing, and what makes room, needs none.
  expect(await things.createIndex({ _id: 1 }, {}, {})).toBe('_id_1');
  expect(await things.deleteOne({ _id: 1 })).toMatchObject({ deletedCount: 1 });
  rmSync(fill);
  await insert(1);
  expect(await client.db('test').command({ validate: 'things' })).toMatchObject({
    valid: true,
    nrecords: 2,
  });
});
