import { openBackend } from '@confab/api';
import { createLog } from '@confab/log';
import { type Env, readEnv } from './env.ts';
import { openPages } from './open-pages.ts';
import { startWebServer } from './server.ts';
import { backendKey } from '../src/lib/server/backend-key.ts';

/** For answers under way. */
const graceMs = 1_500;

async function main(env: Env): Promise<void> {
  const log = createLog({ service: 'web', level: env.LOG_LEVEL });
  const fail = (error: unknown) => {
    log.error('process.failed', { error });
    process.exit(1);
  };
  // Next listens too, and would keep a broken process alive.
  process.on('uncaughtException', fail);

  const development = env.NODE_ENV === 'development';
  const backend = await openBackend({
    mongodbUri: env.MONGODB_URI,
    redisUrl: env.REDIS_URL,
    namespace: env.REDIS_NAMESPACE,
    publicOrigins: env.PUBLIC_ORIGIN,
    log,
  });
  // Server components run in this process and share its connections.
  Object.assign(globalThis, { [backendKey]: backend });
  const pages = await openPages({ development, port: env.WEB_PORT });
  const server = await startWebServer({
    backend,
    pages,
    log,
    development,
    host: env.WEB_HOST,
    port: env.WEB_PORT,
    publicOrigins: env.PUBLIC_ORIGIN,
    trustedProxies: env.TRUSTED_PROXIES,
    wsUrl: env.WS_INTERNAL_URL,
  });
  log.info('process.ready', { port: server.port });

  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    log.info('process.stopping', { signal });
    server
      .close(graceMs)
      .then(() => backend.close())
      .then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

let env: Env;
try {
  env = readEnv();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
await main(env);
