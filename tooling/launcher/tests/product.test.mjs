// @ts-check
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { addressOf, unixUrl } from '../src/address.mjs';
import { takeLock } from '../src/lock.mjs';
import { freePort, portVariables } from '../src/ports.mjs';
import { askApp } from '../src/probes.mjs';
import { startPrograms } from '../src/product.mjs';
import { servicePath } from './fixtures/toy.mjs';
import { lineLog, pidIn, runs } from './fixtures/watch.mjs';

/** @type {(() => Promise<unknown> | void)[]} */
const cleanup = [];
afterEach(async () => {
  for (const undo of cleanup.splice(0).toReversed()) await undo();
});

/** @param {string} name */
const toyEntry = (name) => ({
  cwd: dirname(servicePath),
  development: [servicePath, name],
  production: ['absent.mjs'],
});
const toys = { store: toyEntry('store'), ws: toyEntry('ws'), web: toyEntry('web') };

function temporaryDir() {
  const dir = mkdtempSync(join(tmpdir(), 'confab launcher '));
  cleanup.push(() => rmSync(dir, { recursive: true }));
  return dir;
}

/** @param {Partial<import('../src/index.mjs').StartProductOptions>} [options] */
async function start(options) {
  const said = lineLog();
  const dataDir = options?.dataDir ?? temporaryDir();
  const product = await startPrograms(toys, { mode: 'development', say: said.add, dataDir, ...options });
  cleanup.push(() => product.stop());
  return { product, said, dataDir };
}

/**
 * The environment that a toy was started with.
 * @param {string} url
 * @returns {Promise<Record<string, string>>}
 */
const environmentOf = async (url) => {
  return /** @type {Record<string, string>} */ (
    JSON.parse(await askApp(addressOf(url), AbortSignal.timeout(5000)))
  );
};

/** As web was told where the first ws is. @param {import('../src/index.mjs').RunningProduct} product */
const wsEnvironment = async ({ origin }) =>
  environmentOf((await environmentOf(origin))['WS_INTERNAL_URL'] ?? '');

test('Redis and the store start before ws and web, which are told their addresses', async () => {
  const { product, dataDir } = await start();
  expect(new Set(product.services.slice(0, 2).map(({ name }) => name))).toEqual(new Set(['redis', 'store']));
  expect(product.services.slice(2).map(({ name }) => name)).toEqual(['ws', 'web']);
  const socket = join(dataDir, 'sockets', 'ws.sock');
  expect(await environmentOf(product.origin)).toMatchObject({
    MONGODB_URI: product.mongodbUri,
    REDIS_URL: product.redisUrl,
    WEB_PORT: String(product.ports.web),
    WS_INTERNAL_URL: unixUrl(socket),
    PUBLIC_ORIGIN: product.origin,
    NODE_ENV: 'development',
  });
  expect(await wsEnvironment(product)).toMatchObject({ WS_SOCKET: socket, WS_PORT: '' });
});

test('more processes of web and ws listen on the ports they were given, and share the rest', async () => {
  const ports = { ws: await freePort() };
  const more = { web: [await freePort()], ws: [await freePort(), await freePort()] };
  const { product } = await start({ ports, more });
  const names = product.services.slice(2).map(({ name }) => name);
  expect(names).toEqual(['ws', 'ws-2', 'ws-3', 'web', 'web-2']);
  expect(product.services.every(({ answers }) => answers)).toBe(true);
  const [first, third] = await Promise.all(
    [ports.ws, more.ws[1]].map((port) => environmentOf(`http://127.0.0.1:${port}`)),
  );
  expect(first).toEqual(await wsEnvironment(product));
  const own = { WS_PORT: String(more.ws[1]), WS_SOCKET: first?.['WS_SOCKET']?.replace('ws.', 'ws-3.') };
  expect(third).toEqual({ ...first, ...own });
});

test('with REDIS_URL and MONGODB_URI given, no Redis and no store of ours is started', async () => {
  const given = { REDIS_URL: 'redis://redis.example:6379', MONGODB_URI: 'mongodb://db.example/confab' };
  const { product } = await start({ env: given });
  expect(product.services.map(({ name }) => name)).toEqual(['ws', 'web']);
  expect(await wsEnvironment(product)).toMatchObject(given);
});

test('addresses of the surrounding shell do not leak into a product that was given none', async () => {
  process.env['PUBLIC_ORIGIN'] = 'https://elsewhere.example';
  cleanup.push(() => {
    delete process.env['PUBLIC_ORIGIN'];
  });
  const { product } = await start();
  expect((await environmentOf(product.origin))['PUBLIC_ORIGIN']).toBe(product.origin);
});

test.each(['redis', 'store', 'ws', 'web'])('%s comes back at its address after kill -9', async (name) => {
  const service = /** @type {import('../src/index.mjs').RunningService['name']} */ (name);
  const { product, said } = await start();
  const before = await wsEnvironment(product);
  product.kill(service, 'SIGKILL');
  await said.until(/is running again/);
  await product.ready();
  const after = await wsEnvironment(product);
  expect([after['MONGODB_URI'], after['REDIS_URL']]).toEqual([before['MONGODB_URI'], before['REDIS_URL']]);
  expect(said.lines[0]).toMatch(new RegExp(`^${name} was killed by SIGKILL. Starting it again in 250 ms.$`));
});

test.each(Object.entries(portVariables))(
  'a taken port of %s is refused with %s, and nothing is started',
  async (name, variable) => {
    const port = await freePort();
    const holder = createServer().listen(port, '127.0.0.1');
    cleanup.push(() => void holder.close());
    await expect(start({ ports: { [name]: port } })).rejects.toThrow(
      `Port ${port} is taken by another program. Set ${variable} to another port`,
    );
  },
);

test('a second product on the same data is refused, naming the process and the address of the first', async () => {
  const { product, dataDir } = await start();
  await expect(start({ dataDir })).rejects.toThrow(
    `Confab already runs in this folder: process ${process.pid}, ${product.origin}`,
  );
});

test('after a stop the same data can be started again', async () => {
  const { product, dataDir } = await start();
  const pids = product.services.map(({ pid }) => pid);
  await product.stop();
  expect(pids.filter(runs)).toEqual([]);
  await start({ dataDir });
});

test('the lock of a process that is gone, or of another with its pid now, is taken over', async () => {
  const dataDir = temporaryDir();
  writeFileSync(
    join(dataDir, 'run.lock'),
    JSON.stringify({ pid: process.pid, mark: 'another time', address: '', guards: [] }),
  );
  const lock = await takeLock(dataDir, { address: 'http://localhost:1', say: () => {} });
  await expect(takeLock(dataDir, { address: '', say: () => {} })).rejects.toThrow(`process ${process.pid}`);
  lock.release();
});

test('of several starts at once on a stale lock, one gets it', async () => {
  const dataDir = temporaryDir();
  writeFileSync(
    join(dataDir, 'run.lock'),
    JSON.stringify({ pid: 1, mark: 'another time', address: '', guards: [] }),
  );
  const attempts = await Promise.allSettled(
    [1, 2, 3].map(() => takeLock(dataDir, { address: '', say: () => {} })),
  );
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('an abort during the start stops what was started', async () => {
  const stop = new AbortController();
  /** @type {number[]} */
  const pids = [];
  const never = { ...toys, web: { ...toys.web, development: ['-e', 'setInterval(() => {}, 1000)'] } };
  const onLog = (/** @type {string} */ name, /** @type {string} */ line) => {
    pids.push(pidIn(line));
    if (name === 'ws') stop.abort();
  };
  const options = { dataDir: temporaryDir(), signal: stop.signal, onLog };
  await expect(startPrograms(never, { mode: 'development', ...options })).rejects.toThrow();
  expect(pids).toHaveLength(2);
  expect(pids.filter(runs)).toEqual([]);
});

test('production without a build says what to run', async () => {
  await expect(start({ mode: 'production' })).rejects.toThrow(
    'There is no production build yet. Run `npm run build` first.',
  );
});
