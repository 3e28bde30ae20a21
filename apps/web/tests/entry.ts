import { connect, type Socket } from 'node:net';
import { createLog } from '@confab/log';
import { createWorld, testOrigin, type World, type WorldOptions } from '@confab/testkit';
import { pathOf } from '../server/origin-form.ts';
import { startWebServer, type WebServer, type WebServerOptions } from '../server/server.ts';

export interface Entry extends AsyncDisposable {
  readonly world: World;
  readonly server: WebServer;
  readonly origin: string;
  /** As which the backend saw each caller. */
  readonly clientAddresses: readonly string[];
  /** Of each caller: aborted when they left before they were answered. */
  readonly closed: readonly AbortSignal[];
  /** The headers that reached the pages, of each request. */
  readonly pageHeaders: readonly Record<string, unknown>[];
}

/** The entry before a real backend, with pages that only answer. */
export async function startEntry(
  options: Partial<WebServerOptions> = {},
  worldOptions: WorldOptions = {},
): Promise<Entry> {
  const world = await createWorld(worldOptions);
  const clientAddresses: string[] = [];
  const closed: AbortSignal[] = [];
  const pageHeaders: Record<string, unknown>[] = [];
  const server = await startWebServer({
    backend: {
      ...world.backend,
      createContext: (incoming) => {
        clientAddresses.push(incoming.clientAddress);
        if (incoming.connection.transport === 'http') closed.push(incoming.connection.closed);
        return world.backend.createContext(incoming);
      },
    },
    admit: (request, address) =>
      world.backend.admit({ path: pathOf(request), headers: request.headers }, address),
    pages: {
      handle: async (request, response) => {
        pageHeaders.push({ ...request.headers });
        response.end('a page');
      },
      upgrade: async (_request, socket) => void socket.destroy(),
    },
    log: createLog({ service: 'test', level: 'silent' }),
    host: '127.0.0.1',
    port: 0,
    development: false,
    publicOrigins: [testOrigin],
    trustedProxies: [],
    wsUrl: 'http://127.0.0.1:1',
    ...options,
  });
  return {
    world,
    server,
    origin: `http://127.0.0.1:${String(server.port)}`,
    clientAddresses,
    closed,
    pageHeaders,
    async [Symbol.asyncDispose]() {
      await server.close(100);
      await world[Symbol.asyncDispose]();
    },
  };
}

/** Speaks to a port in bytes; resolves with what came back once `until` matches or the other side ended. */
export function rawRequest(
  port: number,
  bytes: string,
  until?: RegExp,
): Promise<{ text: string; socket: Socket }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (until?.test(text)) resolve({ text, socket });
    });
    socket.on('end', () => {
      resolve({ text, socket });
    });
    socket.on('error', reject);
  });
}
