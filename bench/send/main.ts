// What a durable send costs through the socket, and whether a long history stays as cheap as a short one.
//   pnpm bench send [--sends 4000] [--messages 1000000]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Backend, openBackend } from '@confab/api';
import { freePort, startRedis } from '@confab/launcher';
import { createLog } from '@confab/log';
import { startStore } from '../store/store-process.mjs';
import { type Account, connect, createAccount, newClientId } from './crowd.ts';
import { fillRoom, measureHistory } from './measure-history.ts';
import { measureSends, type Sender, type SendRun } from './measure-sends.ts';
import { startWsNode, type WsNode } from './ws-node.ts';

const { values } = parseArgs({
  options: {
    sends: { type: 'string', default: '4000' },
    messages: { type: 'string', default: '1000000' },
  },
});
const sends = Number(values.sends);
const origin = 'http://bench.localhost';
/** Each may send 60 messages at once and one a second after: so many senders never meet that limit. */
const people = 1_000;
const roomsOf: Record<number, readonly string[]> = {};

async function createRoom({ api }: Account): Promise<string> {
  return (await api.rooms.create({ clientId: newClientId(), name: `Room ${newClientId().slice(0, 6)}` })).id;
}

/** `count` rooms; every account is a member of the one that it sends to. */
async function createRooms(accounts: readonly Account[], count: number): Promise<string[]> {
  const owners = Array.from({ length: count }, (_, i) => accounts[i % accounts.length]);
  const rooms = await Promise.all(owners.flatMap((owner) => (owner ? [createRoom(owner)] : [])));
  await Promise.all(
    accounts.map((account, i) => account.api.rooms.join({ conversationId: rooms[i % count] ?? '' })),
  );
  return rooms;
}

async function run(nodes: readonly WsNode[], accounts: readonly Account[], count: number): Promise<SendRun> {
  const rooms = roomsOf[count] ?? [];
  const senders: Sender[] = accounts.map((account, i) => ({
    client: connect(nodes[i % nodes.length]?.url ?? '', origin, account),
    conversationId: rooms[i % count] ?? '',
  }));
  try {
    return await measureSends(nodes, senders, sends);
  } finally {
    await Promise.all(senders.map(({ client }) => client.close()));
  }
}

async function history(backend: Backend, node: WsNode, [author, reader]: readonly Account[]) {
  if (!author || !reader) throw new Error('nobody is there');
  const big = Number(values.messages);
  const authorId = (await author.api.auth.me()).id;
  const rooms = [];
  for (const messages of [Math.min(10_000, big), big]) {
    const conversationId = await createRoom(author);
    await reader.api.rooms.join({ conversationId });
    await fillRoom(backend, conversationId, { authorId, messages });
    rooms.push({ conversationId, messages });
  }
  const client = connect(node.url, origin, reader);
  try {
    return await measureHistory(client, rooms);
  } finally {
    await client.close();
  }
}

const dataDir = mkdtempSync(join(tmpdir(), 'bench-send-'));
const store = await startStore(join(dataDir, 'mongo'));
const redis = await startRedis({ dataDir: join(dataDir, 'redis'), port: await freePort() });
const services = { mongodbUri: store.uri, redisUrl: redis.url, origin };
const log = createLog({ service: 'bench', level: 'warn' });
const backend = await openBackend({ ...services, namespace: 'bench', publicOrigins: [origin], log });
const nodes: WsNode[] = [];
try {
  nodes.push(await startWsNode(services), await startWsNode(services));
  const accounts: Account[] = [];
  for (let i = 0; i < people; i++) accounts.push(await createAccount(backend, `sender${String(i)}`));
  const runs: SendRun[] = [];
  for (const count of [1, 10, 1_000]) roomsOf[count] = await createRooms(accounts, count);
  for (const count of [1, 10, 1_000]) {
    for (const processes of [1, 2]) runs.push(await run(nodes.slice(0, processes), accounts, count));
  }
  const [node] = nodes;
  if (!node) throw new Error('no process is there');
  const result = {
    date: new Date().toISOString(),
    machine: { node: process.version, cores: cpus().length, model: cpus()[0]?.model ?? '' },
    sends: runs,
    history: await history(backend, node, accounts),
  };
  const results = new URL('../results/', import.meta.url);
  mkdirSync(results, { recursive: true });
  const json = `${JSON.stringify(result, null, 2)}\n`;
  writeFileSync(new URL(`${result.date.slice(0, 10)}-send.json`, results), json);
  console.log(json);
} finally {
  await Promise.all(nodes.map((open) => open.stop()));
  await backend.close();
  await redis.stop();
  await store.stop('SIGTERM');
  rmSync(dataDir, { recursive: true, force: true });
}
