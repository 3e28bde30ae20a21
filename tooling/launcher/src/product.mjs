// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { takeLock } from './lock.mjs';
import { poll } from './poll.mjs';
import { freePort, requireFreePort } from './ports.mjs';
import { findRedis } from './redis-program.mjs';
import { Refusal } from './say.mjs';
import { appService, confabPrograms, redisService, storeService } from './services.mjs';
import { createSupervisor } from './supervisor.mjs';

/** @typedef {import('./index.mjs').StartProductOptions} StartProductOptions */
/** @typedef {import('./index.mjs').RunningProduct} RunningProduct */
/** @typedef {import('./services.mjs').Programs} Programs */

/** @type {typeof import('./index.mjs').startProduct} */
export const startProduct = (options) => startPrograms(confabPrograms, options);

/**
 * The same with any programs in place of ours.
 * @param {import('./services.mjs').Programs} programs
 * @param {StartProductOptions} options
 */
export async function startPrograms(programs, options) {
  const { mode, dataDir, say = () => {}, signal } = options;
  if (mode === 'production')
    requireBuild(options.env?.['MONGODB_URI'] ? { ws: programs.ws, web: programs.web } : programs);
  const ports = await choosePorts(options.ports ?? {});
  const origin = `http://localhost:${ports.web}`;
  const lock = await takeLock(dataDir, { address: origin, say });
  const supervisor = createSupervisor({
    say,
    ...(options.onLog ? { onLog: options.onLog } : {}),
    onChange: () => lock.recordGuards(supervisor.services.map(({ guardPid }) => guardPid)),
  });
  const stop = once(async () => {
    signal?.removeEventListener('abort', onAbort);
    await supervisor.stop();
    lock.release();
  });
  const onAbort = () => void stop();
  signal?.addEventListener('abort', onAbort);
  try {
    const addresses = await startAll(supervisor, { ...options, programs, ports, origin });
    signal?.throwIfAborted();
    return runningProduct(supervisor, { origin, ports, ...addresses, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

const portVariable = { web: 'WEB_PORT', ws: 'WS_PORT' };

/**
 * Redis beside the store, then ws beside web: each needs both of the former, neither needs its neighbour.
 * @param {import('./supervisor.mjs').Supervisor} supervisor
 * @param {StartProductOptions & Pick<RunningProduct, 'ports' | 'origin'> & { programs: Programs }} options
 */
async function startAll(supervisor, { programs, mode, dataDir, ports, origin, env: given = {}, ...rest }) {
  const { say, more = {}, failPoints = false } = rest;
  const [redisUrl, mongodbUri] = await Promise.all([
    given['REDIS_URL'] ?? startOwnRedis(supervisor, { dataDir, say }),
    given['MONGODB_URI'] ??
      startOwnStore(supervisor, programs.store, {
        mode,
        dataDir,
        failPoints,
        env: { ...process.env, ...given, NODE_ENV: mode },
      }),
  ]);
  // What the caller did not give takes its usual value, never that of the surrounding shell: a test stays isolated.
  const appEnv = {
    ...process.env,
    LOG_LEVEL: 'info',
    NEXT_TELEMETRY_DISABLED: '1',
    PUBLIC_ORIGIN: origin,
    WS_INTERNAL_URL: `http://127.0.0.1:${ports.ws}`,
    ...given,
    NODE_ENV: mode,
    MONGODB_URI: mongodbUri,
    REDIS_URL: redisUrl,
  };
  const apps = [
    ...[ports.ws, ...(more.ws ?? [])].map((port, i) => ({ app: /** @type {const} */ ('ws'), port, i })),
    ...[ports.web, ...(more.web ?? [])].map((port, i) => ({ app: /** @type {const} */ ('web'), port, i })),
  ];
  await Promise.all(
    apps.map(({ app, port, i }) => {
      const name = i === 0 ? app : `${app}-${i + 1}`;
      const own = {
        WEB_PORT: String(ports.web),
        WS_PORT: String(ports.ws),
        [portVariable[app]]: String(port),
      };
      return supervisor.start(appService(programs[app], { name, mode, port, env: { ...appEnv, ...own } }));
    }),
  );
  return { redisUrl, mongodbUri };
}

/**
 * @param {import('./supervisor.mjs').Supervisor} supervisor
 * @param {{ dataDir: string, say: StartProductOptions['say'] }} options
 */
async function startOwnRedis(supervisor, { dataDir, say }) {
  const redis = await findRedis(say ? { say } : {});
  const port = await freePort();
  await supervisor.start(redisService({ redis, dataDir, port }));
  return `redis://127.0.0.1:${port}`;
}

/**
 * @param {import('./supervisor.mjs').Supervisor} supervisor
 * @param {import('./services.mjs').Entry} entry
 * @param {{ mode: StartProductOptions['mode'], dataDir: string, failPoints: boolean, env: NodeJS.ProcessEnv }} options
 */
async function startOwnStore(supervisor, entry, options) {
  const store = storeService(entry, options);
  await supervisor.start(store.service);
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

/** @param {NonNullable<StartProductOptions['ports']>} wanted */
async function choosePorts({ web, ws }) {
  if (web !== undefined) await requireFreePort('WEB_PORT', web);
  if (ws !== undefined) await requireFreePort('WS_PORT', ws);
  return { web: web ?? (await freePort()), ws: ws ?? (await freePort()) };
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
