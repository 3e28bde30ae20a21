// @ts-check
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import mongoose from 'mongoose';
import { percentile, ratePerSecond, rawSyncRate, round } from './measure.mjs';
import { anonymousMiB, startStore } from './store-process.mjs';

/** Fewer (`--messages 20000`) show that it runs; the figures that are kept are of so many. */
const fullSize = 1_000_000;
const { values } = parseArgs({ options: { messages: { type: 'string', default: String(fullSize) } } });
const big = Number(values.messages);
if (!Number.isInteger(big) || big < 1_000)
  throw new Error('--messages takes a whole number of at least 1000');
const small = Math.min(10_000, big);
const pageSize = 50;
const pages = 400;

const schema = new mongoose.Schema({
  conversationId: Number,
  kind: String,
  rev: Number,
  senderId: String,
  text: String,
});
schema.index({ conversationId: 1, rev: 1 }, { unique: true });
schema.index({ conversationId: 1, kind: 1, rev: 1 });

/** @param {import('mongoose').Model<any>} model @param {number} count */
async function load(model, count) {
  await model.init();
  const started = performance.now();
  for (let from = 0; from < count; from += 1_000) {
    const docs = Array.from({ length: Math.min(1_000, count - from) }, (_, i) => {
      const n = from + i;
      return {
        conversationId: n % 10,
        kind: 'message',
        rev: Math.floor(n / 10),
        senderId: `user${n % 17}`,
        text: `message ${n} ${'lorem ipsum '.repeat(8)}`,
      };
    });
    await model.collection.insertMany(docs);
  }
  return round((performance.now() - started) / 1000);
}

/** @param {import('mongoose').Model<any>} model @param {number} count @param {number} turn */
function page(model, count, turn) {
  const top = Math.floor(count / 10);
  const before = pageSize + ((turn * 7919) % (top - pageSize));
  return model
    .find({ conversationId: turn % 10, kind: 'message', rev: { $lt: before } })
    .sort({ rev: -1 })
    .limit(pageSize);
}

const dataDir = mkdtempSync(join(tmpdir(), 'bench-store-'));
let store = await startStore(dataDir);
const connection = await mongoose
  .createConnection(store.uri, { dbName: 'bench', maxPoolSize: 70 })
  .asPromise();
/** @param {string} name */
const modelOf = (name) => connection.model(name, schema, name);

async function serverCpuMicros() {
  const { cpu } = /** @type {{ cpu: { userMicros: number, systemMicros: number } }} */ (
    /** @type {unknown} */ (await connection.db?.admin().command({ serverStatus: 1 }))
  );
  return Number(cpu.userMicros) + Number(cpu.systemMicros);
}

async function historyPages() {
  const sizes = [
    { model: modelOf('small'), count: small, ms: /** @type {number[]} */ ([]), cpu: 0 },
    { model: modelOf('big'), count: big, ms: /** @type {number[]} */ ([]), cpu: 0 },
  ];
  for (let turn = 0; turn < pages; turn += 20) {
    for (const size of sizes) {
      const before = await serverCpuMicros();
      for (let i = 0; i < 20; i++) {
        const started = performance.now();
        const found = await page(size.model, size.count, turn + i).lean();
        size.ms.push(performance.now() - started);
        if (found.length !== pageSize) throw new Error(`a page of ${found.length}`);
      }
      size.cpu += (await serverCpuMicros()) - before;
    }
  }
  const results = [];
  for (const { model, count, ms, cpu } of sizes) {
    const explained = /** @type {any} */ (await page(model, count, 3).explain('executionStats'));
    results.push({
      messages: count,
      p50Ms: round(percentile(ms, 0.5)),
      p99Ms: round(percentile(ms, 0.99)),
      serverCpuMicros: Math.round(cpu / ms.length),
      keysExamined: explained.executionStats.totalKeysExamined,
      documentsExamined: explained.executionStats.totalDocsExamined,
    });
  }
  return results;
}

/** The longest wait of a ping while `work` runs. @param {Promise<unknown>} work */
async function longestWait(work) {
  let running = true;
  const ended = work.finally(() => {
    running = false;
  });
  let longest = 0;
  while (running) {
    const started = performance.now();
    await connection.db?.admin().command({ ping: 1 });
    longest = Math.max(longest, performance.now() - started);
  }
  await ended;
  return round(longest);
}

/** A drop is answered at once; what was dropped is removed behind it. @param {string} name */
async function dropEntirely(name) {
  await connection.db?.dropCollection(name);
  while ((await connection.db?.admin().command({ serverStatus: 1 }))?.['garbage'] !== 0);
}

async function waits() {
  const big = modelOf('big');
  const collection = big.collection;
  return {
    scanMs: await longestWait(big.countDocuments({ text: 'nothing' })),
    sortMs: await longestWait(big.find().sort({ text: 1 }).limit(10).lean().exec()),
    groupMs: await longestWait(big.aggregate([{ $group: { _id: '$senderId', n: { $sum: 1 } } }])),
    createIndexMs: await longestWait(collection.createIndex({ senderId: 1 })),
    dropMs: await longestWait(dropEntirely('big')),
  };
}

const loadedSeconds = { small: await load(modelOf('small'), small), big: await load(modelOf('big'), big) };
const memoryAfterLoadMiB = anonymousMiB(store.pid);
const history = await historyPages();
const singles = modelOf('singles');
await singles.init();
const inserts = [];
for (const writers of [1, 16, 64]) {
  const perSecond = await ratePerSecond({ workers: writers, ms: 3_000 }, (worker, turn) =>
    singles.collection.insertOne({
      conversationId: writers * 1_000 + worker,
      kind: 'message',
      rev: turn,
      senderId: 'a',
      text: 'x'.repeat(100),
    }),
  );
  inserts.push({ writers, perSecond });
}
const rawSyncsPerSecond = rawSyncRate(join(dataDir, 'raw'));
const counters = connection.collection('counters');
const findOneAndUpdatePerSecond = await ratePerSecond({ workers: 16, ms: 3_000 }, (worker) =>
  counters.findOneAndUpdate({ name: `c${worker}` }, { $inc: { n: 1 } }, { upsert: true }),
);
const longestPing = await waits();
const memoryAtEndMiB = anonymousMiB(store.pid);
const fileMiB = Math.round(statSync(join(dataDir, 'data.mdb')).size / 2 ** 20);
await connection.close();
await store.stop('SIGKILL');
store = await startStore(dataDir);
const openAfterKillMs = store.openMs;
await store.stop('SIGTERM');
rmSync(dataDir, { recursive: true });

const result = {
  date: new Date().toISOString(),
  machine: `${cpus().length} cores, ${cpus()[0]?.model ?? ''}`,
  node: process.version,
  loadedSeconds,
  history,
  inserts,
  rawSyncsPerSecond,
  findOneAndUpdatePerSecond,
  longestPing,
  memoryAfterLoadMiB,
  memoryAtEndMiB,
  fileMiB,
  openAfterKillMs,
};
if (big === fullSize) {
  const results = new URL('../results/', import.meta.url);
  mkdirSync(results, { recursive: true });
  const file = new URL(`store-${result.date.slice(0, 10)}.json`, results);
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
