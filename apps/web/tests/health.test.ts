import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newClientId } from '@confab/contract';
import { type OwnStore, refusal, startOwnStore } from '@confab/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { type Entry, startEntry } from './entry.ts';

const withinSeconds = { timeout: 20_000, interval: 50 };
const full = 'The disk of the database is full or failing: nothing can be stored.';

async function startOn(dataDir?: string): Promise<{ entry: Entry; store: OwnStore }> {
  const store = await startOwnStore(dataDir === undefined ? {} : { dataDir });
  const entry = await startEntry({}, { mongodbUri: store.uri });
  onTestFinished(async () => {
    await entry.server.close(100);
    await entry.world.backend.close();
    await store[Symbol.asyncDispose]();
  });
  return { entry, store };
}

async function health({ origin }: Entry, path = '/healthz') {
  const response = await fetch(`${origin}${path}`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const failWrites = ({ world }: Entry, mode: 'alwaysOn' | 'off', errorCode = 14_031) =>
  world.backend.core.db.connection
    .getClient()
    .db('admin')
    .command({
      configureFailPoint: 'failCommand',
      mode,
      data: { failCommands: ['insert', 'update', 'findAndModify'], errorCode },
    });

test('while the database stores and answers, all is well', async () => {
  const { entry } = await startOn();
  expect(await health(entry)).toEqual({
    status: 200,
    body: { ok: true, mongodb: 'ready', redis: 'ready', writes: 'ready', reason: null },
  });
});

test.each([
  [14_031, full],
  [189, 'The database takes no writes now: nothing can be stored.'],
])(
  'a database that answers and stores nothing (%d) is said, and so is its recovery',
  async (code, reason) => {
    const { entry } = await startOn();
    await failWrites(entry, 'alwaysOn', code);
    expect(await health(entry)).toEqual({
      status: 503,
      body: { ok: false, mongodb: 'ready', redis: 'ready', writes: 'refused', reason },
    });
    await failWrites(entry, 'off');
    await expect.poll(() => health(entry), withinSeconds).toMatchObject({ status: 200, body: { ok: true } });
  },
);

test('control: by its pings alone such a database is well, and those who keep web running see it alive', async () => {
  const { entry } = await startOn();
  await failWrites(entry, 'alwaysOn');
  await entry.world.backend.core.db.ping();
  expect(await health(entry, '/livez')).toEqual({ status: 200, body: { mongodb: 'ready', redis: 'ready' } });
});

test('a database that is away is said, and web itself goes on', async () => {
  const { entry, store } = await startOn();
  await store.stop();
  expect(await health(entry)).toEqual({
    status: 503,
    body: {
      ok: false,
      mongodb: 'away',
      redis: 'ready',
      writes: 'refused',
      reason: 'The database does not answer.',
    },
  });
  await expect
    .poll(() => health(entry, '/livez'), withinSeconds)
    .toEqual({ status: 200, body: { mongodb: 'away', redis: 'ready' } });
});

test('however many ask, the database is written to once', async () => {
  const { entry } = await startOn();
  const written = () =>
    entry.world.backend.core.db.connection
      .collection<{ _id: string; value: string }>('facts')
      .findOne({ _id: 'written' });
  await Promise.all(Array.from({ length: 20 }, () => health(entry)));
  const first = await written();
  expect(first?.value).toMatch(/^\d{4}-/);
  await Promise.all(Array.from({ length: 20 }, () => health(entry)));
  expect((await written())?.value).toBe(first?.value);
});

const canMount = process.platform === 'linux' && process.getuid?.() === 0;
const mebibyte = 2 ** 20;

test('a disk that fills up is said, and so is the room that is made', async (context) => {
  if (!canMount) context.skip('a disk of its own needs root, on Linux');
  const disk = mkdtempSync(join(tmpdir(), 'confab-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128m', 'tmpfs', disk]);
  onTestFinished(() => {
    execFileSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true });
  });
  const { entry } = await startOn(join(disk, 'mongo'));
  const ada = await entry.world.person('ada');
  const room = await ada.api.rooms.create({ clientId: newClientId(), name: 'Harbour' });
  const send = (text: string) =>
    ada.api.messages.send({ conversationId: room.id, clientId: newClientId(), text });
  await send('before');
  const fill = join(disk, 'fill');
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(fill, Buffer.alloc(bavail * bsize - mebibyte));
  expect(await refusal(send('no room'))).toMatchObject({ code: 'UNAVAILABLE' });
  expect(await health(entry)).toMatchObject({
    status: 503,
    body: { ok: false, mongodb: 'ready', writes: 'refused', reason: full },
  });
  expect((await ada.api.conversations.list({})).conversations).toHaveLength(1);
  // Another process can start meanwhile: people read what there is.
  const other = await entry.world.process();
  expect((await (await ada.via(other)).conversations.list({})).conversations).toHaveLength(1);
  rmSync(fill);
  await expect.poll(() => health(entry), withinSeconds).toMatchObject({ status: 200, body: { ok: true } });
  await send('after');
});
