// What large rooms, long lists and many people cost: searching, sending, joining, reading members and the list.
//   pnpm bench rooms [--users 100000] [--members 10,1000,10000] [--list 1000] [--turns 200]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Backend, openBackend } from '@confab/api';
import { freePort, startRedis } from '@confab/launcher';
import { createLog } from '@confab/log';
import { type Account, connect, createAccount } from '../send/crowd.ts';
import { startWsNode, type WsNode } from '../send/ws-node.ts';
import { startStore } from '../store/store-process.mjs';
import { fillList, fillRoom, fillUsers } from './fill.ts';
import { measureList } from './measure-list.ts';
import { measureSearch } from './measure-people.ts';
import {
  measureJoins,
  measureMemberPages,
  measureSends,
  type RoomCase,
  type RoomRun,
} from './measure-rooms.ts';

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '100000' },
    members: { type: 'string', default: '10,1000,10000' },
    list: { type: 'string', default: '1000' },
    turns: { type: 'string', default: '200' },
  },
});
const [users, list, turns] = [Number(values.users), Number(values.list), Number(values.turns)];
const sizes = values.members.split(',').map(Number);
const origin = 'http://bench.localhost';
/** Each may send 60 messages at once and one a second after, and search 30 times: so many never meet those limits. */
const people = 60;

async function measureRooms(backend: Backend, node: WsNode, userIds: readonly string[]): Promise<RoomRun[]> {
  const accounts: Account[] = [];
  for (let i = 0; i < people; i++) accounts.push(await createAccount(backend, `member${String(i)}`));
  const [owner] = accounts;
  if (!owner) throw new Error('nobody is there');
  const rooms: RoomCase[] = [];
  for (const members of sizes) {
    rooms.push({ members, conversationId: await fillRoom(backend, owner, { userIds, members }) });
  }
  const pages = await measureMemberPages(backend, rooms, { reader: owner, turns });
  const joins = await measureJoins(backend, rooms, accounts);
  const clients = accounts.slice(0, 20).map((account) => connect(node.url, origin, account));
  try {
    return [...(await measureSends(backend, rooms, { clients, accounts, turns })), ...joins, ...pages];
  } finally {
    await Promise.all(clients.map((client) => client.close()));
  }
}

async function measureAll(backend: Backend, node: WsNode) {
  const userIds = await fillUsers(backend, users);
  const searchers: Account[] = [];
  for (let i = 0; i < people; i++) searchers.push(await createAccount(backend, `searcher${String(i)}`));
  const search = await measureSearch(backend, searchers, users);
  const rooms = await measureRooms(backend, node, userIds);
  const reader = await createAccount(backend, 'reader');
  await fillList(backend, (await reader.api.auth.me()).id, { userIds, count: list });
  return { search, rooms, list: await measureList(backend, reader, Math.ceil(turns / 10)) };
}

function print(result: Awaited<ReturnType<typeof measureAll>>): void {
  for (const runs of Object.values(result)) {
    console.table(runs.map(({ spreadMs, ...run }) => ({ ...run, spreadMs: spreadMs.join('–') })));
  }
}

const dataDir = mkdtempSync(join(tmpdir(), 'bench-rooms-'));
const store = await startStore(join(dataDir, 'mongo'));
const redis = await startRedis({ dataDir: join(dataDir, 'redis'), port: await freePort() });
const services = { mongodbUri: store.uri, redisUrl: redis.url };
const log = createLog({ service: 'bench', level: 'warn' });
const backend = await openBackend({
  ...services,
  namespace: 'bench',
  publicOrigins: [origin],
  log,
  monitorCommands: true,
});
const node = await startWsNode({ ...services, origin });
try {
  const measured = await measureAll(backend, node);
  const date = new Date().toISOString();
  const machine = { node: process.version, cores: cpus().length, model: cpus()[0]?.model ?? '' };
  const results = new URL('../results/', import.meta.url);
  mkdirSync(results, { recursive: true });
  const json = `${JSON.stringify({ date, machine, ...measured }, null, 2)}\n`;
  writeFileSync(new URL(`${date.slice(0, 10)}-rooms.json`, results), json);
  print(measured);
} finally {
  await node.stop();
  await backend.close();
  await redis.stop();
  await store.stop('SIGTERM');
  rmSync(dataDir, { recursive: true, force: true });
}
