import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Backend, openBackend } from '@confab/api';
import { newClientId } from '@confab/contract';
import { FaultProxy } from '@confab/e2e/chaos/product/fault-proxy';
import { Product } from '@confab/e2e/chaos/product/product';
import { freePort } from '@confab/launcher';
import { createLog } from '@confab/log';
import { type Account, createAccount } from '../send/crowd.ts';

type Pair = readonly [number, number];

/** The product in production mode, with two processes of web and of ws, and a way past its doors into the stores. */
export interface World {
  readonly product: Product;
  /** On the same stores: for making people and rooms, never for what is measured. */
  readonly backend: Backend;
  /** Of web's door, a proxy before both processes. */
  readonly origin: string;
  /** Before both ws processes: it cuts off the devices whose numbers are in `cutOff`. */
  readonly wsDoor: FaultProxy;
  readonly cutOff: Set<number>;
  /** Of the processes themselves. */
  readonly ports: Readonly<Record<'web' | 'ws', Pair>>;
  readonly say: (line: string) => void;
  stop(): Promise<void>;
}

/** `dir` holds the product's data and its log, and is emptied before. */
export async function startWorld(dir: string, say: (line: string) => void): Promise<World> {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const cutOff = new Set<number>();
  const ports: World['ports'] = {
    web: [await freePort(), await freePort()],
    ws: [await freePort(), await freePort()],
  };
  const doors = {
    web: await FaultProxy.open(ports.web, cutOff),
    ws: await FaultProxy.open(ports.ws, cutOff),
  };
  const origin = `http://127.0.0.1:${String(doors.web.port)}`;
  const product = await Product.start({
    dataDir: join(dir, 'data'),
    logFile: join(dir, 'product.log'),
    ports: { web: ports.web[0], ws: ports.ws[0] },
    more: { web: [ports.web[1]], ws: [ports.ws[1]] },
    // An outage is measured for as long as it is meant to last: the supervisor must not end it.
    silenceMaxMs: 3_600_000,
    env: {
      PUBLIC_ORIGIN: origin,
      WEB_HOST: '127.0.0.1',
      WS_INTERNAL_URL: `http://127.0.0.1:${String(doors.ws.port)}`,
      // People's addresses are in X-Forwarded-For.
      TRUSTED_PROXIES: '127.0.0.1',
    },
  });
  const backend = await openBackend({
    mongodbUri: product.mongodbUri,
    redisUrl: product.redisUrl,
    namespace: 'confab',
    publicOrigins: [origin],
    log: createLog({ service: 'bench', level: 'error' }),
  });
  return {
    product,
    backend,
    origin,
    wsDoor: doors.ws,
    cutOff,
    ports,
    say,
    async stop() {
      await backend.close();
      await product.stop();
      for (const door of Object.values(doors)) door.close();
    },
  };
}

/** A ws process's own address. */
export const wsUrl = (port: number): string => `ws://127.0.0.1:${String(port)}/ws`;

/** What a browser of theirs sends with every request. */
export function headersOf({ origin }: World, { cookie }: Pick<Account, 'cookie'>): Record<string, string> {
  return { origin, cookie };
}

/** People with a session each, one after the other. */
export async function createAccounts({ backend }: World, name: string, count: number): Promise<Account[]> {
  const accounts: Account[] = [];
  for (let i = 0; i < count; i++) accounts.push(await createAccount(backend, `${name}-${String(i)}`));
  return accounts;
}

/** A room of all of them, made by the first. */
export async function createRoom(members: readonly Account[]): Promise<string> {
  const [owner, ...others] = members;
  if (!owner) throw new RangeError('a room needs somebody');
  const { id } = await owner.api.rooms.create({
    clientId: newClientId(),
    name: `Room ${newClientId().slice(0, 6)}`,
  });
  for (const { api } of others) await api.rooms.join({ conversationId: id });
  return id;
}
