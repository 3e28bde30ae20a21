// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { unixUrl } from './address.mjs';
import { takeLock } from './lock.mjs';
import { poll } from './poll.mjs';
import { freePort, requireFreePorts } from './ports.mjs';
import { openDataFolder } from './private-data.mjs';
import { guardedPort, redisUrl } from './redis.mjs';
import { findRedis } from './redis-program.mjs';
import { Refusal } from './say.mjs';
import { appService, confabPrograms, redisService, storeService } from './services.mjs';
import { openSocketFolder } from './socket-folder.mjs';
import { createSupervisor } from './supervisor.mjs';

/** @typedef {import('./index.mjs').StartProductOptions} StartProductOptions */
/** @typedef {import('./index.mjs').RunningProduct} RunningProduct */
/** @typedef {import('./services.mjs').Programs} Programs */
/** @typedef {import('./socket-folder.mjs').SocketFolder} SocketFolder */

/** @type {typeof import('./index.mjs').startProduct} */
export const startProduct = (options) => startPrograms(confabPrograms, options);

/**
 * The same with any programs in place of ours.
 * @param {import('./services.mjs').Programs} programs
 * @param {StartProductOptions} options
 */
export async function startPrograms(programs, options) {
  const { mode, dataDir, say = () => {}, signal, silenceMaxMs } = options;
  if (mode === 'production')
    requireBuild(options.env?.['MONGODB_URI'] ? { ws: programs.ws, web: programs.web } : programs);
  const ports = await choosePorts(options.ports ?? {});
  const origin = `http://localhost:${ports.web}`;
  const lock = await takeLock(dataDir, { address: origin, say });
  const supervisor = createSupervisor({
    say,
    ...(options.onLog ? { onLog: options.onLog } : {}),
    ...(silenceMaxMs === undefined ? {} : { timing: { silenceMaxMs } }),
    onChange: () => lock.recordGuards(supervisor.services.map(({ guardPid }) => guardPid)),
  });
  /** @type {SocketFolder | undefined} */
  let sockets;
  const stop = once(async () => {
    signal?.removeEventListener('abort', onAbort);
    await supervisor.stop();
    sockets?.remove();
    lock.release();
  });
  const onAbort = () => void stop();
  signal?.addEventListener('abort', onAbort);
  try {
    openDataFolder(dataDir, { say });
    sockets = await openSocketFolder(dataDir);
    lock.recordSockets(sockets.dir);
    const addresses = await startAll(supervisor, { ...options, programs, ports, origin, sockets });
    signal?.throwIfAborted();
    return runningProduct(supervisor, { origin, ports, ...addresses, stop });
  } catch (error) {
    await stop();
    // A stop that came while the folder was being made did not know of it.
    sockets?.remove();
    throw error;
  }
}

/** @typedef {StartProductOptions & Pick<RunningProduct, 'ports' | 'origin'> & { programs: Programs, sockets: SocketFolder }} Start */

/**
 * Redis beside the store, then ws beside web: each needs both of the former, neither needs its neighbour.
 * @param {import('./supervisor.mjs').Supervisor} supervisor
 * @param {Start} start
 */
async function startAll(supervisor, start) {
  const { programs, mode, ports, origin, sockets, env: given = {}, more = {} } = start;
  const [redisUrl, mongodbUri] = await Promise.all([
    given['REDIS_URL'] ?? startOwnRedis(supervisor, start),
    given['MONGODB_URI'] ?? startOwnStore(supervisor, start),
  ]);
  // What the caller did not give takes its usual value, never that of the surrounding shell: a test stays isolated.
  /** @type {NodeJS.ProcessEnv} */
  const appEnv = {
    ...process.env,
    LOG_LEVEL: 'info',
    NEXT_TELEMETRY_DISABLED: '1',
    PUBLIC_ORIGIN: origin,
    WS_INTERNAL_URL: unixUrl(sockets.path('ws')),
    ...given,
    NODE_ENV: mode,
    MONGODB_URI: mongodbUri,
    REDIS_URL: redisUrl,
  };
  const ws = [ports.ws, ...(more.ws ?? [])].map((port, i) => {
    const name = numbered('ws', i);
    const socket = sockets.path(name);
    const env = { ...appEnv, WS_SOCKET: socket, WS_PORT: port === undefined ? '' : String(port) };
    return appService(programs.ws, { name, mode, address: { path: socket }, env });
  });
  const host = reachable(appEnv['WEB_HOST']);
  const web = [ports.web, ...(more.web ?? [])].map((port, i) => {
    const env = { ...appEnv, WEB_PORT: String(port) };
    return appService(programs.web, { name: numbered('web', i), mode, address: { host, port }, env });
  });
  await Promise.all([...ws, ...web].map((service) => supervisor.start(service)));
  return { redisUrl, mongodbUri };
}

/** @param {string} app @param {number} i */
const numbered = (app, i) => (i === 0 ? app : `${app}-${i + 1}`);

/** From this machine, what listens on every address is found on its own. @param {string | undefined} host */
const reachable = (host = 'localhost') => ({ '0.0.0.0': '127.0.0.1', '::': '::1' })[host] ?? host;

/**
 * @param {import('./supervisor.mjs').Supervisor} supervisor
 * @param {Start} start
 */
async function startOwnRedis(supervisor, { dataDir, ports, sockets, say = () => {} }) {
  const redis = await findRedis({ say });
  const place = ports.redis === undefined ? { socket: sockets.path('redis') } : guardedPort(ports.redis);
  await supervisor.start(redisService({ redis, dataDir, place }));
  return redisUrl(place);
}

/**
 * @param {import('./supervisor.mjs').Supervisor} supervisor
 * @param {Start} start
 */
async function startOwnStore(supervisor, start) {
  const { programs, mode, dataDir, ports, sockets, failPoints = false, env = {}, say = () => {} } = start;
  const place = ports.store === undefined ? { socket: sockets.path('store') } : { port: ports.store };
  const store = storeService(programs.store, {
    mode,
    dataDir,
    place,
    failPoints,
    env: { ...process.env, ...env, NODE_ENV: mode },
  });
  await supervisor.start(store.service);
  if ('port' in place)
    say(`STORE_PORT: every user of this machine may read and change all data at ${store.uri()}`);
  return store.uri();
}

/**
 * @param {import('./supervisor.mjs').Supervisor} supervisor
 * @param {Pick<RunningProduct, 'origin' | 'ports' | 'mongodbUri' | 'redisUrl' | 'stop'>} rest
 * @returns {RunningProduct}
 */
function runningProduct(supervisor, rest) {
  const services = () =>
    /** @type {import('./index.mjs').RunningService[]} */ (
      supervisor.services.map(({ name, pid, answers }) => ({ name, pid, answers }))
    );
  return {
    ...rest,
    get services() {
      return services();
    },
    kill(name, signal) {
      const pid = services().find((service) => service.name === name)?.pid;
      if (pid === undefined) throw new Error(`${name} does not run now`);
      process.kill(pid, signal);
    },
    killNow: () => supervisor.kill(),
    ready: () =>
      poll(async () => supervisor.services.every(({ answers }) => answers), {
        everyMs: 20,
        signal: AbortSignal.timeout(60_000),
      }),
  };
}

/** @param {import('./ports.mjs').Ports} wanted */
async function choosePorts(wanted) {
  await requireFreePorts(wanted);
  return { ...wanted, web: wanted.web ?? (await freePort()) };
}

/** @param {Partial<Programs>} programs those that will run */
function requireBuild(programs) {
  if (Object.values(programs).every(({ cwd, production }) => existsSync(join(cwd, production.at(-1) ?? ''))))
    return;
  throw new Refusal('There is no production build yet. Run `npm run build` first.');
}

/**
 * @param {() => Promise<void>} body
 * @returns {() => Promise<void>} every call gives the first one's promise
 */
function once(body) {
  /** @type {Promise<void> | undefined} */
  let result;
  return () => (result ??= body());
}
