// @ts-check
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { addressOf } from '../src/address.mjs';
import { freePort } from '../src/ports.mjs';
import { startPrograms } from '../src/product.mjs';
import { confabPrograms } from '../src/services.mjs';
import { openSocketFolder, socketPathBytesMax } from '../src/socket-folder.mjs';
import { canBeAnother, connectAsAnother } from './fixtures/other-user.mjs';
import { servicePath } from './fixtures/toy.mjs';
import { lineLog } from './fixtures/watch.mjs';

/** @type {(() => Promise<unknown> | void)[]} */
const cleanup = [];
afterEach(async () => {
  for (const undo of cleanup.splice(0).toReversed()) await undo();
});

/** As open as a folder can be: what is refused below is refused by what we make in it. */
function openDir() {
  const dir = mkdtempSync(join(tmpdir(), 'confab sockets '));
  chmodSync(dir, 0o755);
  cleanup.push(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** @param {string} name */
const toy = (name) => ({ cwd: dirname(servicePath), development: [servicePath, name], production: [] });

/**
 * The true Redis and the true store, unless another is given, with toys for web and ws.
 * @param {Partial<import('../src/index.mjs').StartProductOptions>} [options]
 */
async function start(options = {}, store = confabPrograms.store) {
  const said = lineLog();
  const dataDir = options.dataDir ?? join(openDir(), 'data');
  const programs = { store, ws: toy('ws'), web: toy('web') };
  const product = await startPrograms(programs, { mode: 'development', say: said.add, ...options, dataDir });
  cleanup.push(() => product.stop());
  return { product, dataDir, said };
}

/** @param {string} path */
const modeOf = (path) => (statSync(path).mode & 0o777).toString(8);

/** Every path in a folder with its mode, itself first. @param {string} dir @returns {[string, string][]} */
const modesBelow = (dir) => [
  [dir, modeOf(dir)],
  ...readdirSync(dir, { recursive: true, encoding: 'utf8' }).map(
    (name) => /** @type {[string, string]} */ ([name, modeOf(join(dir, name))]),
  ),
];

describe('what the product starts for itself', () => {
  test('listens on sockets of mode 0600 in a folder of mode 0700, and all that it writes is its owner’s', async () => {
    const { product, dataDir } = await start();
    expect(addressOf(product.redisUrl)).toEqual({ path: join(dataDir, 'sockets', 'redis.sock') });
    expect(product.mongodbUri).toContain(encodeURIComponent(join(dataDir, 'sockets', 'store.sock')));
    const modes = modesBelow(dataDir);
    expect(modes.length).toBeGreaterThan(10);
    expect(modes.filter(([, mode]) => mode !== '700' && mode !== '600')).toEqual([]);
  });

  test('refuses every other user of the machine', async (context) => {
    if (!canBeAnother) context.skip('only root can become another user; their modes are held above');
    const { product, dataDir } = await start();
    const paths = ['redis', 'store', 'ws'].map((name) => join(dataDir, 'sockets', `${name}.sock`));
    expect(paths.map((path) => connectAsAnother({ path }))).toEqual(['EACCES', 'EACCES', 'EACCES']);
    // Each of the two barriers holds alone: here the folders are open.
    for (const dir of [dataDir, join(dataDir, 'sockets')]) chmodSync(dir, 0o755);
    const ofOurs = [addressOf(product.redisUrl), { path: paths[1] ?? '' }];
    expect(ofOurs.map(connectAsAnother)).toEqual(['EACCES', 'EACCES']);
  });

  test('control: on a port, which has to be asked for, every user connects', async (context) => {
    if (!canBeAnother) context.skip('only root can become another user');
    const ports = { store: await freePort(), redis: await freePort() };
    const { said } = await start({ ports });
    const addresses = [ports.store, ports.redis].map((port) => ({ host: '127.0.0.1', port }));
    expect(addresses.map(connectAsAnother)).toEqual(['connected', 'connected']);
    expect(said.lines).toEqual([
      expect.stringMatching(/^STORE_PORT: every user of this machine may read and change/),
    ]);
  });

  test('on a port Redis wants a password, which no argument of a process shows', async () => {
    const { product, dataDir } = await start({ ports: { redis: await freePort() } });
    const { password } = new URL(product.redisUrl);
    expect(password.length).toBeGreaterThanOrEqual(32);
    const pid = product.services.find(({ name }) => name === 'redis')?.pid;
    if (existsSync('/proc/self/cmdline'))
      expect(readFileSync(`/proc/${pid}/cmdline`, 'latin1')).not.toContain(password);
    expect(readFileSync(join(dataDir, 'redis', 'redis.conf'), 'utf8')).toContain(password);
    expect(modeOf(join(dataDir, 'redis', 'redis.conf'))).toBe('600');
  });

  test('two products side by side have their own, and a stop takes them away', async () => {
    const [first, second] = await Promise.all([start({}, toy('store')), start({}, toy('store'))]);
    expect(first.product.redisUrl).not.toBe(second.product.redisUrl);
    await first.product.stop();
    expect(existsSync(join(first.dataDir, 'sockets'))).toBe(false);
    expect(readdirSync(join(second.dataDir, 'sockets')).toSorted()).toEqual([
      'redis.sock',
      'store.sock',
      'ws.sock',
    ]);
  });

  test('a data folder with a long path has its sockets in the temporary one, and the next start tidies up', async () => {
    const dataDir = join(openDir(), 'd'.repeat(80));
    const { product } = await start({ dataDir }, toy('store'));
    const folder = dirname(/** @type {{ path: string }} */ (addressOf(product.redisUrl)).path);
    expect(dirname(folder)).toBe(tmpdir());
    expect(modeOf(folder)).toBe('700');
    expect(readdirSync(folder).toSorted()).toEqual(['redis.sock', 'store.sock', 'ws.sock']);
    // As a kill -9 leaves it: the lock names a process that is gone.
    const lock = readFileSync(join(dataDir, 'run.lock'), 'utf8');
    await product.stop();
    expect(existsSync(folder)).toBe(false);
    mkdirSync(folder, { mode: 0o700 });
    writeFileSync(join(dataDir, 'run.lock'), lock.replace(/"mark":"\d+"/, '"mark":"gone"'));
    await start({ dataDir }, toy('store'));
    expect(existsSync(folder)).toBe(false);
  });

  test('what an earlier version left open to others is narrowed, and said', async () => {
    const dataDir = join(openDir(), 'data');
    for (const dir of ['', 'mongo', 'redis', 'redis/appendonlydir', 'tools'])
      mkdirSync(join(dataDir, dir), { mode: 0o755 });
    writeFileSync(join(dataDir, 'mongo', 'notes'), '', { mode: 0o644 });
    const { said } = await start({ dataDir }, toy('store'));
    expect(said.lines).toEqual([
      `${dataDir} and 4 more in it could be read by other users of this machine: now only by you.`,
    ]);
    expect(modesBelow(dataDir).filter(([, mode]) => mode !== '700' && mode !== '600')).toEqual([
      ['tools', '755'],
    ]);
  });

  test('a folder that others keep things in as well keeps its mode; only ours in it is narrowed', async () => {
    const dataDir = openDir();
    writeFileSync(join(dataDir, 'somebody-else'), '');
    mkdirSync(join(dataDir, 'mongo'), { mode: 0o755 });
    await start({ dataDir }, toy('store'));
    expect([modeOf(dataDir), modeOf(join(dataDir, 'mongo'))]).toEqual(['755', '700']);
  });
});

describe('the folder of the sockets', () => {
  test('moves when the longest path in it would be longer than every system takes', async () => {
    const temporary = openDir();
    const base = join(openDir(), 'x');
    const fitting =
      base + 'x'.repeat(socketPathBytesMax - Buffer.byteLength(join(base, 'sockets', 'ws-999.sock')));
    for (const [dataDir, stays] of /** @type {const} */ ([
      [fitting, true],
      [`${fitting}x`, false],
    ])) {
      mkdirSync(dataDir);
      const folder = await openSocketFolder(dataDir, { temporary });
      expect(dirname(folder.dir)).toBe(stays ? dataDir : temporary);
      expect(Buffer.byteLength(folder.path('ws-999'))).toBeLessThanOrEqual(socketPathBytesMax);
      folder.remove();
    }
  });

  test('that fits nowhere is a refusal that says what to change', async () => {
    const long = join(openDir(), 'y'.repeat(100));
    mkdirSync(long);
    await expect(openSocketFolder(long, { temporary: long })).rejects.toThrow(/Set DATA_DIR to a folder/);
  });
});
