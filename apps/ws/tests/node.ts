import { type Backend, clientAddressReader } from '@confab/api';
import { createLog } from '@confab/log';
import { testOrigin, type Person, type World } from '@confab/testkit';
import { onTestFinished } from 'vitest';
import { startWsServer, type WsServer, type WsServerOptions } from '../src/server.ts';
import { connectClient, type SocketClient } from './client.ts';

export interface WsNode {
  readonly url: string;
  readonly backend: Backend;
  readonly server: WsServer;
  /** A browser of this person, connected here. */
  connect(person: Person): SocketClient;
}

export function browserHeaders(person: Person): Record<string, string> {
  return { origin: testOrigin, cookie: person.cookie };
}

/** A ws process of its own: an own backend on the world's services, on a free port. */
export async function startNode(world: World, options: Partial<WsServerOptions> = {}): Promise<WsNode> {
  const backend = options.backend ?? (await world.process());
  const server = await startWsServer({
    log: createLog({ service: 'ws', level: 'silent' }),
    host: '127.0.0.1',
    port: 0,
    publicOrigins: [testOrigin],
    clientAddress: clientAddressReader(['127.0.0.1']),
    ...options,
    backend,
  });
  onTestFinished(() => server.close(0));
  const url = `ws://127.0.0.1:${String(server.port)}/ws`;
  return {
    url,
    backend,
    server,
    connect(person) {
      const client = connectClient({ url, headers: browserHeaders(person) });
      onTestFinished(() => {
        client[Symbol.dispose]();
      });
      return client;
    },
  };
}
