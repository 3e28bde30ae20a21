import { runService } from '@confab/api';
import { backendKey } from '../src/lib/server/backend-key.ts';
import { readEnv } from './env.ts';
import { openPages } from './open-pages.ts';
import { pathOf } from './origin-form.ts';
import { PageContexts } from './page-contexts.ts';
import { startWebServer } from './server.ts';

await runService({
  name: 'web',
  readEnv,
  graceMs: 1_500,
  async start({ env, backend, log }) {
    // Server components run in this process and share its connections.
    const contexts = new PageContexts();
    const createContext = contexts.reusing((incoming) => backend.createContext(incoming));
    Object.assign(globalThis, { [backendKey]: { ...backend, createContext } });
    const development = env.NODE_ENV === 'development';
    return startWebServer({
      backend,
      contexts,
      admit: (request, address) =>
        backend.admit({ path: pathOf(request), headers: request.headers }, address),
      pages: await openPages({ development, port: env.WEB_PORT }),
      log,
      development,
      host: env.WEB_HOST,
      port: env.WEB_PORT,
      publicOrigins: env.PUBLIC_ORIGIN,
      trustedProxies: env.TRUSTED_PROXIES,
      hstsIncludesSubdomains: env.HSTS_INCLUDE_SUBDOMAINS,
      wsUrl: env.WS_INTERNAL_URL,
    });
  },
});
