import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Db, MongoClient } from 'mongodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readKillRounds } from './env.ts';
import { findLosses } from './find-losses.ts';
import { startStoreProcess, StoreRefused } from './start-store-process.ts';
import { type Acknowledged, writers, writeUntilKilled } from './write-until-killed.ts';
import { writeVersion, type WrittenDocument } from './written-document.ts';

const rounds = readKillRounds();

let dataDir = '';
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'store-kill-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

type Check = (database: Db) => Promise<void>;

/** Starts the store on the same data again and looks at what the writers have left. */
async function reopened(check: Check): Promise<void> {
  await using store = await startStoreProcess(dataDir);
  const client = await new MongoClient(store.uri).connect();
  try {
    await check(client.db('durability'));
  } finally {
    await client.close();
  }
}

/** One life of the store: everything that was acknowledged before `enough` writes were, and the kill. */
async function life(name: string, enough: number): Promise<Acknowledged> {
  await using store = await startStoreProcess(dataDir);
  return await writeUntilKilled(store, name, enough);
}

it(
  `keeps every acknowledged write whole, and its indexes right, through ${rounds} kills under ${writers} writers`,
  { timeout: 60_000 + rounds * 30_000 },
  async () => {
    const lives = new Map<string, Acknowledged>();
    for (let round = 0; round < rounds; round += 1) {
      const name = `life${round}`;
      const acknowledged = await life(name, randomInt(50, 600));
      expect(acknowledged.inFlight.size, 'the kill fell between writes').toBeGreaterThan(writers / 2);
      lives.set(name, acknowledged);
      await reopened(async (database) =>
        expect(await findLosses(database.collection(name), acknowledged)).toEqual([]),
      );
    }
    await reopened(async (database) => {
      for (const [name, acknowledged] of lives)
        expect(await findLosses(database.collection(name), acknowledged)).toEqual([]);
    });
    const writes = [...lives.values()].flatMap(({ versions }) => [...versions.values()]);
    const acknowledgedWrites = writes.reduce((sum, version) => sum + version, 0);
    process.stdout.write(
      `${rounds} kills, ${acknowledgedWrites} acknowledged writes: none lost, indexes consistent\n`,
    );
  },
);

it('would notice a lost, an old, a torn and an unknown document', { timeout: 60_000 }, async () => {
  const acknowledged = await life('control', 200);
  await reopened(async (database) => {
    const collection = database.collection<WrittenDocument>('control');
    const [lost, old, torn] = [...acknowledged.versions.keys()].filter(
      (id) => !acknowledged.inFlight.has(id),
    );
    if (!lost || !old || !torn) throw new Error('too few writes');
    await collection.deleteOne({ _id: lost });
    await collection.updateOne({ _id: old }, { $set: { version: 0 } });
    await collection.updateOne({ _id: torn }, { $set: { text: 'of another version' } });
    await collection.insertOne(writeVersion('stranger', 0, 1));
    const losses = await findLosses(collection, acknowledged);
    expect(losses.map((loss) => loss.split(':')[0]).sort()).toEqual(
      [lost, old, old, torn, 'stranger'].sort(),
    );
  });
});

it(
  'refuses a second process on the same data, naming the first, which goes on',
  { timeout: 60_000 },
  async () => {
    await using store = await startStoreProcess(dataDir);
    const refusal = await startStoreProcess(dataDir).then(
      async (second) => second[Symbol.asyncDispose](),
      (error: unknown) => error,
    );
    if (!(refusal instanceof StoreRefused))
      throw new Error('a second process has the same data', { cause: refusal });
    expect(refusal.exitCode).not.toBe(0);
    expect(refusal.said).toMatch(new RegExp(`\\b${store.pid}\\b`));
    const client = await new MongoClient(store.uri).connect();
    expect(await client.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 });
    await client.close();
  },
);
