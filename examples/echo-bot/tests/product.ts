import { clientAddressReader, type Backend } from '@confab/api';
import { freePort } from '@confab/launcher';
import { createLog } from '@confab/log';
import { createWorld, testOrigin, type World } from '@confab/testkit';
import { startWebServer } from '@confab/web/server';
import { startWsServer } from '@confab/ws/server';
import { onTestFinished } from 'vitest';

/** Confab without its pages: the door, and behind it a ws process that can be stopped and started again. */
export interface Product {
  readonly world: World;
  /** Of the ws process. */
  readonly backend: Backend;
  readonly url: string;
  /** Closes its sockets at once. */
  stopWs(): Promise<void>;
  /** At the same port. */
  startWs(): Promise<void>;
}

export async function startProduct(): Promise<Product> {
  const world = await createWorld();
  onTestFinished(() => world[Symbol.asyncDispose]());
  const backend = await world.process();
  const log = createLog({ service: 'test', level: 'silent' });
  const port = await freePort();
  const web = await startWebServer({
    backend: world.backend,
    pages: { handle: async (_request, response) => void response.end(), upgrade: async () => undefined },
    log,
    host: '127.0.0.1',
    port: 0,
    development: false,
    publicOrigins: [testOrigin],
    trustedProxies: [],
    wsUrl: `http://127.0.0.1:${port}`,
  });
  onTestFinished(() => web.close(100));
  const clientAddress = clientAddressReader(['127.0.0.1']);
  const start = () =>
    startWsServer({ backend, log, host: '127.0.0.1', port, publicOrigins: [testOrigin], clientAddress });
  let ws = await start();
  onTestFinished(() => ws.close(0));
  return {
    world,
    backend,
    url: `http://127.0.0.1:${web.port}`,
    stopWs: () => ws.close(0),
    async startWs() {
      ws = await start();
    },
  };
}
