import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isUnavailable } from '@confab/db';
import { type RunningStore, startStore } from '@confab/embedded-mongo';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newClientId } from '@confab/contract';
import { createWorld, type Person, refusal, type World } from '../src/index.ts';

let dataDir: string;
let store: RunningStore;
let world: World;
let ada: Person;
const lines: string[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'confab-away-'));
  store = await startStore({ dataDir, port: 0, failPoints: true });
  world = await createWorld({ mongodbUri: store.uri, logTo: (line) => void lines.push(line) });
  ada = await world.person('ada');
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await store.close();
  await rm(dataDir, { recursive: true });
});
beforeEach(() => {
  lines.length = 0;
});

const failures = {
  'cuts its connections': { closeConnection: true },
  'is shutting down': { errorCode: 91 },
  'is no longer primary': { errorCode: 189 },
};
const writeFailures = {
  ...failures,
  'has no majority': { writeConcernError: { code: 64, errmsg: 'waiting' } },
};

test.each(Object.entries(failures))(
  'while the database %s, a call is answered with UNAVAILABLE, and nothing is logged as a bug',
  async (_, failure) => {
    const admin = world.backend.core.db.connection.getClient().db('admin');
    // The driver asks once more by itself where it may.
    const data = { failCommands: ['find'], ...failure };
    await admin.command({ configureFailPoint: 'failCommand', mode: 'alwaysOn', data });
    try {
      expect(await refusal(ada.api.conversations.list({}))).toMatchObject({ code: 'UNAVAILABLE' });
    } finally {
      await admin.command({ configureFailPoint: 'failCommand', mode: 'off' });
    }
    expect(lines.filter((line) => line.includes('error.unexpected'))).toEqual([]);
    expect(lines.some((line) => line.includes('database.away'))).toBe(true);
    expect((await ada.api.conversations.list({})).conversations).toEqual([]);
  },
);

test.each(Object.entries(writeFailures))(
  'while the database %s, what is written in bulk is answered with UNAVAILABLE, and happens once when tried again',
  async (_, failure) => {
    const admin = world.backend.core.db.connection.getClient().db('admin');
    const room = { clientId: newClientId(), name: 'Harbour' };
    const data = { failCommands: ['insert', 'update'], ...failure };
    await admin.command({ configureFailPoint: 'failCommand', mode: 'alwaysOn', data });
    try {
      expect(await refusal(ada.api.rooms.create(room))).toMatchObject({ code: 'UNAVAILABLE' });
    } finally {
      await admin.command({ configureFailPoint: 'failCommand', mode: 'off' });
    }
    expect(lines.filter((line) => line.includes('error.unexpected'))).toEqual([]);
    expect((await ada.api.rooms.create(room)).memberCount).toBe(1);
  },
);

test('control: any other failure of the database is a bug, and is told as one', async () => {
  const admin = world.backend.core.db.connection.getClient().db('admin');
  const data = { failCommands: ['find'], errorCode: 2 };
  await admin.command({ configureFailPoint: 'failCommand', mode: 'alwaysOn', data });
  try {
    // A bug is not a refusal.
    await expect(refusal(ada.api.conversations.list({}))).rejects.toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
    });
  } finally {
    await admin.command({ configureFailPoint: 'failCommand', mode: 'off' });
  }
  expect(lines.some((line) => line.includes('error.unexpected'))).toBe(true);
});

test('while the database stands still, health says so, and whose call it is is not waited for any longer than that', async () => {
  await using still = await createWorld({ mongodbUri: store.uri, monitorCommands: true });
  const { token } = await still.person('bob');
  const client = still.backend.core.db.connection.getClient();
  const data = { failCommands: ['find', 'ping'], blockConnection: true, blockTimeMS: 9_500 };
  await client.db('admin').command({ configureFailPoint: 'failCommand', mode: 'alwaysOn', data });
  let ended = 0;
  for (const end of ['commandFailed', 'commandSucceeded'] as const) client.on(end, () => (ended += 1));
  try {
    const asked = still.backend.createContext({
      connection: { transport: 'server' },
      headers: { authorization: `Bearer ${token}` },
      clientAddress: '192.0.2.1',
    });
    expect(await still.backend.health()).toMatchObject({ ok: false, mongodb: 'away' });
    await expect(asked).rejects.toSatisfy(isUnavailable);
    // Neither was an answer of the database, or the end of the driver's patience.
    expect(ended).toBe(0);
  } finally {
    const admin = world.backend.core.db.connection.getClient().db('admin');
    await admin.command({ configureFailPoint: 'failCommand', mode: 'off' });
  }
});
