import { clientAddressReader, runService } from '@confab/api';
import { readEnv } from './env.ts';
import { startWsServer } from './server.ts';

await runService({
  name: 'ws',
  readEnv,
  // Short: clients come back by themselves.
  graceMs: 500,
  start: ({ env, backend, log }) =>
    startWsServer({
      backend,
      log,
      host: env.WS_HOST,
      port: env.WS_PORT,
      socket: env.WS_SOCKET,
      publicOrigins: env.PUBLIC_ORIGIN,
      clientAddress: clientAddressReader(env.TRUSTED_PROXIES),
    }),
});
