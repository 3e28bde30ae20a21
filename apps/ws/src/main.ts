import { clientAddressReader, openBackend } from '@confab/api';
import { createLog } from '@confab/log';
import { type Env, readEnv } from './env.ts';
import { startWsServer } from './server.ts';

/** For answers under way; clients come back by themselves. */
const drainMs = 500;

async function main(env: Env): Promise<void> {
  const log = createLog({ service: 'ws', level: env.LOG_LEVEL });
  const fail = (error: unknown) => {
    log.error('process.failed', { error });
    process.exit(1);
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);

  const backend = await openBackend({
    mongodbUri: env.MONGODB_URI,
    redisUrl: env.REDIS_URL,
    namespace: env.REDIS_NAMESPACE,
    publicOrigins: env.PUBLIC_ORIGIN,
    log,
  });
  const server = await startWsServer({
    backend,
    log,
    host: env.WS_HOST,
    port: env.WS_PORT,
    publicOrigins: env.PUBLIC_ORIGIN,
    clientAddress: clientAddressReader(env.TRUSTED_PROXIES),
  });
  log.info('process.ready', { port: server.port });

  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    log.info('process.stopping', { signal });
    server
      .close(drainMs)
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
