import { runService } from '@confab/api';
import { backendKey } from '../src/lib/server/backend-key.ts';
import { readEnv } from './env.ts';
import { openPages } from './open-pages.ts';
import { startWebServer } from './server.ts';

await runService({
  name: 'web',
  readEnv,
  graceMs: 1_500,
  async start({ env, backend, log }) {
    // Server components run in this process and share its connections.
    Object.assign(globalThis, { [backendKey]: backend });
    const development = env.NODE_ENV === 'development';
    return startWebServer({
      backend,
      pages: await openPages({ development, port: env.WEB_PORT }),
      log,
      development,
      host: env.WEB_HOST,
      port: env.WEB_PORT,
      publicOrigins: env.PUBLIC_ORIGIN,
      trustedProxies: env.TRUSTED_PROXIES,
      wsUrl: env.WS_INTERNAL_URL,
    });
  },
});
